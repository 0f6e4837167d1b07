/** The headline row: what each side promised, what came of it, which way it goes, and where it stands. */
import { CircleAlert, CircleCheck, CircleDashed, Minus, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { PeriodPromise } from '../../lib/agreement/schema';
import { t } from '../../lib/platform/i18n';
import type { FormulaId } from '../../lib/report';
import { sideLabel } from '../panel/labels';
import { Figure } from './figure';
import type { Behind } from './figure-table';
import { headlineItems, headlineTable, type HeadlineItem } from './headline-items';
import styles from './headline.module.css';
import { OpenLeads } from './open-leads';
import type { SectionProps, View } from './view';

const icons: Readonly<Record<HeadlineItem['state'], LucideIcon>> = {
  'on-track': CircleCheck,
  'at-risk': TriangleAlert,
  missed: CircleAlert,
  'no-data': CircleDashed,
  none: Minus,
};

const formulaOf = {
  'hand-offs': 'hand_offs',
  'accepted-share': 'accepted_share',
  'won-share': 'won_share',
  'clean-share': 'no_data_flag_share',
  'touches-per-accepted': 'touches_per_accepted',
  'cost-per-accepted': 'cost_per_accepted',
  'time-to-accept': 'time_to_accept',
  'time-to-first-touch': 'time_to_touch',
  attainment: 'attainment',
} as const satisfies Readonly<Record<PeriodPromise['measure'], FormulaId>>;

/** How what is promised per period is measured. */
const measuresOf = ({ gathered }: View): FormulaId[] => [
  ...new Set(
    gathered.terms.agreement.promises.map(({ measure }) => formulaOf[measure]).filter((id) => id !== 'attainment'),
  ),
];

export function Headline({ view }: SectionProps) {
  const items = headlineItems(view);
  const { parties } = view.gathered.terms.agreement;
  const table = headlineTable(items, (party) => sideLabel(party, parties));
  const sides = (['marketing', 'sales'] as const).map((party) => ({
    party,
    own: items.filter((item) => item.party === party),
  }));
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={[
        ...measuresOf(view),
        'attainment',
        'wilson',
        'trend',
        'forecast',
        'percentile',
        'coverage',
        'late_evidence',
      ]}
      isDrawing={false}
      isLong
      picture={
        <div className={styles.sides}>
          {sides.map(({ party, own }) => (
            <section key={party} aria-label={sideLabel(party, parties)}>
              <h4 className={styles.side}>{t('report_promises_of', sideLabel(party, parties))}</h4>
              {own.length === 0 && <p className={styles.soft}>{t('report_no_promises')}</p>}
              <ul className={styles.cards}>
                {own.map((item) => (
                  <Card key={item.key} item={item} onBehind={view.tools.onBehind} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      }
    />
  );
}

interface CardProps {
  readonly item: HeadlineItem;
  readonly onBehind: (behind: Behind) => void;
}

function Card({ item, onBehind }: CardProps) {
  const Icon = icons[item.state];
  return (
    <li className={styles.card} data-standing={item.state}>
      <p className={styles.title}>{item.title}</p>
      {item.value === null ? (
        <p className={styles.missing}>{item.result}</p>
      ) : (
        <button
          type="button"
          className={styles.result}
          aria-label={t('report_open_leads', item.title, item.result)}
          onClick={() => onBehind(item.behind)}
        >
          {item.result}
        </button>
      )}
      <p className={styles.soft}>
        {[item.promised ?? t('report_none_promised'), item.forecast].filter(Boolean).join(' · ')}
      </p>
      <p className={styles.soft}>
        {item.value === null ? (
          item.sure
        ) : (
          <OpenLeads behind={item.among} words={item.sure} onBehind={onBehind} quiet />
        )}
      </p>
      <p className={styles.soft}>
        {item.behindBefore ? (
          <OpenLeads behind={item.behindBefore} words={item.trendWords} onBehind={onBehind} quiet />
        ) : (
          item.trendWords
        )}
      </p>
      <p className={styles.state}>
        <Icon size={14} aria-hidden="true" focusable="false" />
        {item.stateWords}
      </p>
    </li>
  );
}
