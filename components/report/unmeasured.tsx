/** Commitments that the agreement holds and nobody measures, each with its reason. */
import { t } from '../../lib/platform/i18n';
import { unmeasuredIn } from '../../lib/report';
import { sideLabel } from '../panel/labels';
import { Figure } from './figure';
import { plain, type FigureTable } from './figure-table';
import { commitmentName, countWords } from './report-words';
import type { SectionProps } from './view';

export function Unmeasured({ view }: SectionProps) {
  const { versions, agreement } = view.gathered.terms;
  const found = unmeasuredIn(view.kpi, versions.length > 0 ? versions : [agreement]);
  const table: FigureTable = {
    title: t('report_unmeasured'),
    columns: ['promise', 'side', 'version', 'why'].map((name) => ({ label: t(`report_column_${name}`), kind: 'text' })),
    rows: found.map(({ commitment, owedBy, clause, version, why }) => [
      plain(
        clause === null
          ? t('report_no_data_for', commitmentName({ commitment }))
          : t('report_no_data_for_clause', clause, commitmentName({ commitment })),
      ),
      plain(sideLabel(owedBy, agreement.parties)),
      plain(countWords(version)),
      plain(t(`report_unmeasured_${why.replaceAll('-', '_')}`)),
    ]),
  };
  if (found.length === 0) return <p>{t('report_all_measured')}</p>;
  return <Figure tools={view.tools} table={table} formulas={['attainment']} />;
}
