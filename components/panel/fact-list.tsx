/** What has been stated about the lead, newest first: what, who, for which side, when, and how we know. */
import { useState } from 'react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { Fact } from '../../lib/lead/facts';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import styles from './fact-list.module.css';
import { factWords, type Speech } from './fact-words';
import { sideLabel } from './labels';

/** What a person takes in at a glance; the rest is one press away. */
const firstFacts = 10;

export interface FactListProps {
  readonly facts: readonly Fact[];
  /** Older ones that are not listed. */
  readonly older: number;
  readonly crmLabel: string;
  readonly speech: Speech;
}

export function FactList({ facts, older, crmLabel, speech }: FactListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? facts : facts.slice(0, firstFacts);
  const folded = facts.length - shown.length;
  return (
    <section className={styles.facts} aria-labelledby="panel-facts">
      <h2 id="panel-facts" className={styles.title}>
        {t('panel_facts')}
      </h2>
      {facts.length === 0 && <p className={styles.soft}>{t('panel_no_facts')}</p>}
      <ol className={styles.list}>
        {shown.map((fact) => (
          <FactItem key={fact.id} fact={fact} crmLabel={crmLabel} speech={speech} />
        ))}
      </ol>
      {folded > 0 && (
        <Action kind="plain" onAction={() => setAll(true)}>
          {plural('fact_show_older', folded)}
        </Action>
      )}
      {older > 0 && folded === 0 && <p className={styles.soft}>{plural('fact_older', older)}</p>}
    </section>
  );
}

interface FactItemProps {
  readonly fact: Fact;
  readonly crmLabel: string;
  readonly speech: Speech;
}

function FactItem({ fact, crmLabel, speech }: FactItemProps) {
  const { at, earliest, author, party, evidence, replaces } = fact;
  const who = author.startsWith('crm:') ? crmLabel : author;
  const by = party === undefined ? who : t('fact_by_side', who, sideLabel(party, speech.sides));
  const words = [by, t(`fact_evidence_${evidence.replaceAll('-', '_')}`)];
  if (replaces !== undefined) words.push(t('fact_correction'));
  return (
    <li data-person={evidence === 'person' || undefined}>
      <p className={styles.what}>{factWords(fact, speech)}</p>
      <p className={styles.soft}>
        {earliest !== undefined && earliest < at ? (
          <FactSpan from={earliest} to={at} now={speech.now} />
        ) : (
          <Instant at={at} now={speech.now} />
        )}
        {` · ${words.join(' · ')}`}
      </p>
    </li>
  );
}

function Instant({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFullInstant(at, language())}>
      {formatInstant(at, now, language())}
    </time>
  );
}

/** The CRM keeps no instant: all that is known is between which two it was. */
function FactSpan({ from, to, now }: { readonly from: number; readonly to: number; readonly now: number }) {
  const say = (at: number): string => formatInstant(at, now, language());
  const full = `${formatFullInstant(from, language())} – ${formatFullInstant(to, language())}`;
  return <span title={full}>{t('fact_between', say(from), say(to))}</span>;
}
