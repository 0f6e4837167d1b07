/** The whole report as JSON: what was asked, and every figure as it was computed. Names of people follow the setting. */
import {
  clockResultsOver,
  costTable,
  heatMap,
  kpisBy,
  peopleTable,
  slaOf,
  sourcesTable,
  unmeasuredIn,
} from '../../lib/report';
import type { Filters } from '../../lib/report';
import type { Decision } from '../../lib/settings/decision-schema';
import { headlineItems } from './headline-items';
import { chartUnit, splits } from './query';
import { personal, valueWords } from './value-words';
import { requestOf, type View } from './view';

/** Of a filter on people it is only said how many of them it names. */
const withoutNames = (filters: Filters): object =>
  Object.fromEntries(
    Object.entries(filters).map(([dimension, values]) => [
      dimension,
      personal.includes(dimension) ? values?.length : values,
    ]),
  );

/** Each promise as it stands in the head of the report. */
const promisesOf = (view: View): object[] =>
  headlineItems(view).map(({ key, party, title, value, promised, state, trend, forecast, behind }) => ({
    key,
    party,
    title,
    window: behind.window,
    value,
    promised,
    state,
    trend,
    forecast,
  }));

export function reportJson(view: View, decisions: readonly Decision[]): string {
  const { gathered, query, window, before, kpi, kpiBefore, names, commitment, owedBy, costs } = view;
  const { columns, terms } = gathered;
  const request = requestOf(view);
  const file = {
    format: 'relevo-report',
    version: 1,
    asOf: terms.asOf,
    timeZone: columns.timeZone,
    agreement: { id: terms.agreement.id, versions: kpi.about.versions },
    window,
    before,
    filters: names === 'shown' ? query.filters : withoutNames(query.filters),
    kpi,
    kpiBefore,
    promises: promisesOf(view),
    unmeasured: unmeasuredIn(kpi, terms.versions.length > 0 ? terms.versions : [terms.agreement]),
    overTime: clockResultsOver(columns, request, chartUnit(window)),
    sources: sourcesTable(columns, request),
    splits: Object.fromEntries(
      splits.filter((by) => !personal.includes(by)).map((by) => [by, kpisBy(columns, request, by)]),
    ),
    people: peopleTable(columns, request, 'rep', names),
    teams: peopleTable(columns, request, 'team', names).map((team) =>
      Object.assign(team, {
        name: team.id === null ? null : valueWords({ columns, teams: terms.agreement.teams }, 'team', team.id),
      }),
    ),
    costs: { currency: costs.currency, entered: costs.costs, sources: costTable(columns, request) },
    heat: { commitment, owedBy, cells: heatMap(columns, request, view).filter(({ handOffs }) => handOffs > 0) },
    ahead: slaOf(columns, { filters: query.filters }),
    decisions: names === 'shown' ? decisions : decisions.map(({ owner: _owner, ...decision }) => decision),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
