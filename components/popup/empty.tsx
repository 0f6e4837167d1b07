/** What the list says when it has no rows: first run, nothing found, nothing due. */
import { Check, DoorOpen, SearchX } from 'lucide-react';
import { formatInstant } from '../../lib/clock';
import type { Summary, SummaryGroup, SummaryRow } from '../../lib/messages/summary';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Notice } from '../ui/notice';
import { promiseName } from '../words';

export interface EmptyProps {
  readonly summary: Summary;
  readonly group: SummaryGroup | null;
  readonly search: string;
  readonly mine: boolean;
  /** The most urgent row of all groups, when the chosen one is empty. */
  readonly next: SummaryRow | null;
  readonly now: number;
  readonly onClearSearch: () => void;
  readonly onEverybody: () => void;
  readonly onEveryGroup: () => void;
}

/** "Ana Pérez: first touch, due tomorrow 10:00". */
function nextWords(row: SummaryRow, now: number): string {
  const { dueAt } = row.clock;
  const due = dueAt === null ? '–' : formatInstant(dueAt, now, language());
  return t('popup_next', row.name, promiseName(row.clock), due);
}

export function Empty(props: EmptyProps) {
  const { summary, group, search, mine, next, now } = props;
  if (summary.leads === 0)
    return (
      <Notice icon={DoorOpen} title={t('popup_first_title')}>
        <ol>
          <li>{t('popup_first_open')}</li>
          <li>{t('popup_first_enable')}</li>
          <li>{t('popup_first_list')}</li>
        </ol>
        <p>{t('popup_first_safe')}</p>
      </Notice>
    );
  if (search !== '')
    return (
      <Notice icon={SearchX} title={t('popup_not_found', search)}>
        <p>{mine && summary.viewerKnown ? t('popup_not_found_mine') : t('popup_not_found_all')}</p>
        <Action kind="quiet" onAction={props.onClearSearch}>
          {t('popup_clear')}
        </Action>
      </Notice>
    );
  return (
    <Notice icon={Check} title={t(group === null ? 'popup_empty' : `popup_empty_${group.replaceAll('-', '_')}`)}>
      {next === null ? <p>{plural('popup_watched', summary.leads)}</p> : <p>{nextWords(next, now)}</p>}
      {group !== null && next !== null && (
        <Action kind="quiet" onAction={props.onEveryGroup}>
          {t('popup_show_every_group')}
        </Action>
      )}
      {next === null && mine && summary.viewerKnown && (
        <Action kind="quiet" onAction={props.onEverybody}>
          {t('popup_show_everybody')}
        </Action>
      )}
    </Notice>
  );
}
