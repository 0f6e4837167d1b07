/** The groups of what happened, in the order of the meeting: a new one is a line here. Under each stands what it stands on. */
import type { ComponentType } from 'react';
import { t } from '../../lib/platform/i18n';
import { commitmentIds } from '../../lib/report/commitments';
import { About } from './about';
import { People, Sources } from './groups';
import { Headline } from './headline';
import { Heat } from './heat';
import styles from './report-app.module.css';
import { commitmentName } from './report-words';
import { Attainment, ResponseTimes } from './response';
import { Results, Waits } from './response-tables';
import { Parts, Reasons, Shares } from './quality';
import { Causes, Effort, Outcomes } from './results';
import { Review } from './review';
import { Unmeasured } from './unmeasured';
import type { SectionProps } from './view';
import { Volume } from './volume';

export interface Group {
  /** Its place in the address and part of its words (`report_group_<id>`). */
  readonly id: string;
  readonly Body: ComponentType<SectionProps>;
}

function Response({ view }: SectionProps) {
  const ids = commitmentIds.filter((id) => view.kpi.responsiveness.some(({ commitment }) => commitment === id));
  return (
    <>
      <label className={styles.control}>
        {t('report_charts_of')}{' '}
        <select
          value={view.commitment}
          onChange={({ target }) => view.ask({ commitment: commitmentIds.find((id) => id === target.value) ?? null })}
        >
          {(ids.includes(view.commitment) ? ids : [view.commitment, ...ids]).map((id) => (
            <option key={id} value={id}>
              {commitmentName({ commitment: id })}
            </option>
          ))}
        </select>
      </label>
      <Attainment view={view} />
      <ResponseTimes view={view} />
      <Heat view={view} />
      <Results view={view} />
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
    </>
  );
}

function Outcome({ view }: SectionProps) {
  return (
    <>
      <Outcomes view={view} />
      <Effort view={view} />
      <Causes view={view} />
    </>
  );
}

/** Under it stand the notes in full. */
const first: Group = { id: 'promises', Body: Headline };

export const groups: readonly Group[] = [
  first,
  { id: 'review', Body: Review },
  { id: 'response', Body: Response },
  { id: 'quality', Body: Quality },
  { id: 'volume', Body: Volume },
  { id: 'results', Body: Outcome },
  { id: 'sources', Body: Sources },
  { id: 'people', Body: People },
  { id: 'unmeasured', Body: Unmeasured },
];

export function KpiSections({ view }: SectionProps) {
  return groups.map(({ id, Body }) => (
    <section key={id} id={id} className={styles.group} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={styles.heading}>
        {t(`report_group_${id}`)}
      </h2>
      <Body view={view} />
      <About
        about={view.kpi.about}
        timeZone={view.gathered.columns.timeZone}
        {...(id === first.id ? {} : { notesAt: first.id })}
      />
    </section>
  ));
}
