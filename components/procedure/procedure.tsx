/** The change procedure: where the agreement stands, the next act, a dry run before it, its history, and rolling it out. */
import { useCallback, useEffect, useState } from 'react';
import type { ProblemCode } from '../../lib/messages/problems';
import { t } from '../../lib/platform/i18n';
import type { PersonSettings } from '../../lib/settings/person';
import type { SectionProps } from '../options/sections';
import { Unanswered } from '../options/unanswered';
import { PolicySites } from '../policy-sites';
import { Part, SetMark } from '../ui/part';
import { Problems } from '../ui/problems';
import { Skeleton } from '../ui/skeleton';
import { useAnswer, useFreshness } from '../use-answer';
import { Acknowledge } from './acknowledge';
import { Conflict } from './conflict';
import { DraftCard } from './draft-card';
import { Rollout } from './rollout';
import { Stepper } from './stepper';
import { TrialView } from './trial';
import { useDoing } from './use-doing';
import { Versions } from './versions';

/** Those that are about the agreement and not about a page of a CRM. */
const ours: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'agreement-unreadable',
  'agreement-newer',
  'agreement-arriving',
  'agreement-conflict',
  'agreement-not-synced',
  'policy-ignored',
  'policy-twice',
  'policy-failing',
  'policy-blocked',
  'policy-checksum',
  'team-failing',
  'team-blocked',
  'ledger-unavailable',
]);

export function Procedure({ services: { procedure: services } }: SectionProps) {
  const ask = useCallback(() => services.agreementState({}), [services]);
  const { answer: state, failed, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  const [person, setPerson] = useState<PersonSettings | null>(null);
  useEffect(() => {
    // Without it the names have to be typed; the worker knows who they are either way.
    services.person().then(setPerson, () => setPerson(null));
  }, [services]);
  const doing = useDoing(again);
  return (
    <>
      {failed && <Unanswered onRetry={again} />}
      {!state && !failed && <Skeleton label={t('options_loading')} rows={6} />}
      {state && (
        <>
          <Problems problems={state.problems.filter(({ code }) => ours.has(code))} now={state.asOf} />
          <PolicySites services={services} />
          <Acknowledge
            unread={state.toAcknowledge}
            now={state.asOf}
            acknowledge={services.acknowledge}
            onDone={again}
          />
          {state.conflict && <Conflict conflict={state.conflict} services={services} doing={doing} />}
          {(state.source === 'policy' || state.isLocked) && (
            <div>
              <SetMark words={t('procedure_by_policy')} />
            </div>
          )}
          {state.source === 'team' && !state.isLocked && (
            <div>
              <SetMark words={t('procedure_by_team')} />
            </div>
          )}
          <Stepper state={state} />
          <Part title={t('procedure_draft')}>
            <DraftCard state={state} person={person} services={services} doing={doing} />
          </Part>
          <Part title={t('procedure_trial')}>
            <TrialView state={state} services={services} />
          </Part>
          <Part title={t('procedure_versions')}>
            <Versions state={state} />
          </Part>
          <Part title={t('procedure_rollout')}>
            <Rollout state={state} person={person} services={services} onChanged={again} />
          </Part>
        </>
      )}
    </>
  );
}
