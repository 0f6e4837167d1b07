/** There is no lead to show: says why, and what to do. */
import { MousePointerClick, Unplug } from 'lucide-react';
import type { SidebarReply } from '../../lib/messages/panel';
import { t } from '../../lib/platform/i18n';
import { Erased, type ErasedProps } from '../panel/erased';
import { Refusal } from '../panel/refusal';
import { Notice } from '../ui/notice';

export interface NoLeadProps {
  readonly refused: Extract<SidebarReply, { readonly ok: false }>;
  readonly services: ErasedProps['services'];
  readonly onRetry: () => void;
}

export function NoLead({ refused, services, onRetry }: NoLeadProps) {
  if (refused.reason === 'no-crm') return <Nothing icon={Unplug} words="sidebar_no_crm" />;
  if (refused.reason === 'nothing-on-hand')
    return <Nothing icon={MousePointerClick} words={`sidebar_nothing_${refused.surface ?? 'here'}`} />;
  if (refused.reason === 'erased') return <Erased lead={refused.lead} services={services} />;
  return <Refusal reason={refused.reason} onRetry={onRetry} />;
}

interface NothingProps {
  readonly icon: typeof Unplug;
  /** Key of the title; with `_do`, of what to do. */
  readonly words: string;
}

/** Said when there is a pause, not at once: it is no fault. */
function Nothing({ icon, words }: NothingProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="status">
      <Notice icon={icon} title={t(words)}>
        <p>{t(`${words}_do`)}</p>
      </Notice>
    </div>
  );
}
