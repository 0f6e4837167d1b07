/** The whole report as JSON: what was asked, and every figure as it was computed. Names of people follow the setting. */
import { heatMap, peopleTable, slaOf, sourcesTable } from '../../lib/report';
import type { View } from './view';

export function reportJson(view: View): string {
  const { gathered, query, window, before, kpi, kpiBefore, names, commitment } = view;
  const { columns, terms } = gathered;
  const request = { window, filters: query.filters };
  const { rep, ...others } = query.filters;
  const file = {
    format: 'relevo-report',
    version: 1,
    asOf: terms.asOf,
    timeZone: columns.timeZone,
    agreement: { id: terms.agreement.id, versions: kpi.about.versions },
    window,
    before,
    filters: names === 'shown' || rep === undefined ? query.filters : { ...others, rep: rep.length },
    kpi,
    kpiBefore,
    sources: sourcesTable(columns, request),
    people: peopleTable(columns, request, 'rep', names),
    heat: { commitment, cells: heatMap(columns, request, commitment).filter(({ handOffs }) => handOffs > 0) },
    ahead: slaOf(columns, { filters: query.filters }),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
