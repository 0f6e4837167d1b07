/** What an accepted lead cost, as a cell: in its currency, with how many leads it stands on and the leads themselves. */
import { t } from '../../lib/platform/i18n';
import type { Ratio } from '../../lib/report/statistics';
import type { FigureCell } from './figure-table';
import { countWords, moneyWords, whyWords } from './report-words';
import { behindOf, type View } from './view';

/** @param source of the leads; without one, all sources of the look that have a cost in it. */
export function costCell(view: View, { value, why, bottom }: Ratio, source?: string): FigureCell {
  if (value === null) return { value, text: whyWords(why) };
  const money = moneyWords(value, view.costs.currency ?? 'EUR');
  return {
    value,
    text: `${money} (${t('report_n', countWords(bottom))})`,
    behind: acceptedOf(view, t('report_measure_cost_per_accepted'), source),
  };
}

/** Accepted leads of a source, or of all sources with a cost. */
export function acceptedOf(view: View, label: string, source?: string) {
  const { window, query, costWindows } = view;
  const touched = costWindows.filter(({ from, to }) => to > window.from && from < window.to);
  const costed = [...new Set(touched.map((cost) => cost.source))];
  const wanted = query.filters.source;
  const sources = source === undefined ? costed.filter((one) => !wanted || wanted.includes(one)) : [source];
  return behindOf(view, label, { of: 'verdict', part: 'accepted' }, { filters: { ...query.filters, source: sources } });
}
