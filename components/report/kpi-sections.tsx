/** The groups of what happened, in the order of the meeting: a new one is a line here. Under each stands what it stands on. */
import { memo, useDeferredValue, type ComponentType } from 'react';
import type { CommitmentId } from '../../lib/agreement/schema';
import { t } from '../../lib/platform/i18n';
import { sideLabel } from '../panel/labels';
import { About } from './about';
import { SourceCosts } from './costs';
import { Sources } from './groups';
import { Headline } from './headline';
import { Heat } from './heat';
import { OverTime } from './over-time';
import { People } from './people';
import styles from './report-app.module.css';
import { commitmentName } from './report-words';
import { Attainment, ResponseTimes } from './response';
import { Lengths, Results, Waits } from './response-tables';
import { Answers, Parts, Reasons, Shares } from './quality';
import { Causes, Effort, Outcomes } from './results';
import { Review } from './review';
import { Unmeasured } from './unmeasured';
import { usePrinting } from './use-paper';
import type { SectionProps, View } from './view';
import { Volume } from './volume';

export interface Group {
  /** Its place in the address and part of its words (`report_group_<id>`). */
  readonly id: string;
  readonly Body: ComponentType<SectionProps>;
  /** What follows it and may come a moment later. */
  readonly Rest?: ComponentType<SectionProps>;
}

/** Commitments with figures in the order that tables show them, and the one that is shown; what both sides owe stands twice. */
function chartChoices({ kpi, commitment, owedBy }: View): Pick<View, 'commitment' | 'owedBy'>[] {
  const found = kpi.responsiveness.filter(({ subject }) => subject === 'lead');
  const isThere = found.some((one) => one.commitment === commitment && one.owedBy === owedBy);
  return isThere ? found : [{ commitment, owedBy }, ...found];
}

function Response({ view }: SectionProps) {
  const { parties } = view.gathered.terms.agreement;
  const choices = chartChoices(view);
  const idOf = ({ commitment, owedBy }: Pick<View, 'commitment' | 'owedBy'>): string => `${commitment} ${owedBy}`;
  const isOfBoth = (id: CommitmentId): boolean => choices.filter(({ commitment }) => commitment === id).length > 1;
  return (
    <>
      <label className={styles.control}>
        {t('report_charts_of')}{' '}
        <select
          value={idOf(view)}
          onChange={({ target }) => {
            const chosen = choices.find((one) => idOf(one) === target.value);
            view.ask({ commitment: chosen?.commitment ?? null, side: chosen?.owedBy ?? null });
          }}
        >
          {choices.map((one) => (
            <option key={idOf(one)} value={idOf(one)}>
              {isOfBoth(one.commitment)
                ? `${commitmentName({ commitment: one.commitment })} (${sideLabel(one.owedBy, parties)})`
                : commitmentName({ commitment: one.commitment })}
            </option>
          ))}
        </select>
      </label>
      <Attainment view={view} />
      <ResponseTimes view={view} />
    </>
  );
}

function ResponseTables({ view }: SectionProps) {
  return (
    <>
      <Heat view={view} />
      <Results view={view} />
      <Lengths view={view} />
      <Waits view={view} />
    </>
  );
}

function Quality({ view }: SectionProps) {
  return (
    <>
      <Shares view={view} />
      <Reasons view={view} of="reject" />
      <Reasons view={view} of="flag" />
      <Parts view={view} />
      <Answers view={view} />
    </>
  );
}

function Outcome({ view }: SectionProps) {
  return (
    <>
      <Outcomes view={view} />
      <Effort view={view} />
      <SourceCosts view={view} />
      <Causes view={view} />
    </>
  );
}

/** Under it stand the notes in full. */
const first: Group = { id: 'promises', Body: Headline };

export const groups: readonly Group[] = [
  first,
  { id: 'review', Body: Review },
  { id: 'response', Body: Response, Rest: ResponseTables },
  { id: 'quality', Body: Quality },
  { id: 'volume', Body: Volume },
  { id: 'results', Body: Outcome },
  { id: 'sources', Body: Sources },
  { id: 'time', Body: OverTime },
  { id: 'people', Body: People },
  { id: 'unmeasured', Body: Unmeasured },
];

interface SectionOf {
  readonly group: Group;
  /** `null`: not yet. */
  readonly view: View | null;
  /** Of the group's rest. */
  readonly later: View | null;
  /** Another question was asked than the one that it answers. */
  readonly isBusy: boolean;
}

const Section = memo(function Section({ group: { id, Body, Rest }, view, later, isBusy }: SectionOf) {
  return (
    <section id={id} className={styles.group} aria-labelledby={`${id}-title`} aria-busy={isBusy}>
      <h2 id={`${id}-title`} className={styles.heading}>
        {t(`report_group_${id}`)}
      </h2>
      {view && (
        <>
          <Body view={view} />
          {Rest && later && <Rest view={later} />}
          <About view={view} {...(id === first.id ? {} : { notesAt: first.id })} />
        </>
      )}
    </section>
  );
});

/** Groups that a screen shows first, down to the charts of response: they answer at once. */
const atOnce = 3;

/** The groups further down are computed when those are painted, and let go where the question changes meanwhile. */
export const KpiSections = memo(function KpiSections({ view }: SectionProps) {
  const deferred = useDeferredValue<View | null>(view, null);
  // Nothing is missing on paper, whenever somebody prints.
  const later = usePrinting() ? view : deferred;
  return groups.map((group, place) => {
    const own = place < atOnce ? view : later;
    const rest = group.Rest ? later : own;
    return <Section key={group.id} group={group} view={own} later={rest} isBusy={own !== view || rest !== view} />;
  });
});
