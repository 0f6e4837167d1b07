/**
 * The agreement, written by both sides: forms side by side or the raw JSON, with steps back and forth, a draft that saves itself, and
 * every problem said where it is. It proposes nothing: what it writes is a draft until both sides sign.
 */
import { Redo2, Undo2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Path } from '../../lib/agreement/integrity';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Hidden } from '../ui/hidden';
import { Skeleton } from '../ui/skeleton';
import { useAnswer } from '../use-answer';
import { Unanswered } from '../options/unanswered';
import styles from './agreement-editor.module.css';
import { EditorContext, useEditor, type Editor } from './editor-context';
import { tabOf, tabs, type Tab } from './editor-tabs';
import { JsonView } from './json-view';
import { Calendars } from './parts/calendars';
import { Leads } from './parts/leads';
import { Management } from './parts/management';
import { Promises } from './parts/promises';
import { Quality } from './parts/quality';
import { Terms } from './parts/terms';
import { PresetPicker } from './preset-picker';
import { ProblemList } from './problem-list';
import { SaveStateLine } from './save-state';
import type { AgreementServices, EditorStart } from './services';
import { StandingLine } from './standing-line';
import { useDraft } from './use-draft';
import { useUndoKeys } from './use-undo-keys';
import { useUnread } from './use-unread';

const bodies: Readonly<Record<Tab, () => ReactNode>> = {
  promises: () => <Promises />,
  hours: () => <Calendars />,
  leads: () => <Leads />,
  quality: () => <Quality />,
  management: () => <Management />,
  terms: () => <Terms />,
};

export function AgreementEditor({ services }: { readonly services: AgreementServices }) {
  const [turn, setTurn] = useState(0);
  return <Editing key={turn} services={services} onReload={() => setTurn(turn + 1)} />;
}

interface EditingProps {
  readonly services: AgreementServices;
  /** Opens the draft anew, as it was saved. */
  readonly onReload: () => void;
}

function Editing({ services, onReload }: EditingProps) {
  const ask = useCallback(() => services.startEditor(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  if (!answer) return failed ? <Unanswered onRetry={again} /> : <Skeleton label={t('options_loading')} rows={6} />;
  return <OpenEditor start={answer} services={services} onReload={onReload} />;
}

interface OpenEditorProps extends EditingProps {
  readonly start: EditorStart;
}

function OpenEditor({ start, services, onReload }: OpenEditorProps) {
  const { store, saving, standing, saveNow, keepMine } = useDraft(start, services);
  const { past, future } = useSyncExternalStore(store.subscribe, store.steps);
  const [unread, setUnread] = useUnread(start.draft);
  // A text that was broken before a reload is shown again at once, or nobody would know of it.
  const [view, setView] = useState<'forms' | 'json'>(unread === null ? 'forms' : 'json');
  const [tab, setTab] = useState<Tab>('promises');
  const [, setTurn] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const editor = useMemo<Editor>(
    () => ({ store, services, reasonsInUse: start.reasonsInUse }),
    [store, services, start.reasonsInUse],
  );
  useUndoKeys(store);
  const targetRef = useRef<Path | null>(null);
  useEffect(() => {
    // The cards on the way have opened by now.
    if (targetRef.current && root.current) focusAt(root.current, targetRef.current);
    targetRef.current = null;
  });
  const go = (path: Path): void => {
    setView('forms');
    setTab(tabOf(path));
    store.reveal(path);
    targetRef.current = path;
    setTurn((turn) => turn + 1);
  };
  return (
    <EditorContext value={editor}>
      <div ref={root} className={styles['editor']}>
        <div className={styles['bar']}>
          <div className={styles['buttons']}>
            <Action kind="quiet" busy={past.length === 0} onAction={store.undo}>
              <Undo2 size={14} aria-hidden="true" focusable="false" /> {t('agreement_undo')}
            </Action>
            <Action kind="quiet" busy={future.length === 0} onAction={store.redo}>
              <Redo2 size={14} aria-hidden="true" focusable="false" /> {t('agreement_redo')}
            </Action>
          </div>
          <SaveStateLine
            state={saving}
            now={services.now}
            onRetry={saveNow}
            onKeepMine={keepMine}
            onReload={onReload}
          />
          <Choice
            label={t('agreement_view')}
            value={view}
            onChange={setView}
            options={[
              { id: 'forms', label: t('agreement_view_forms') },
              { id: 'json', label: t('agreement_view_json') },
            ]}
          />
        </div>
        {start.isLocked && <p>{t('agreement_locked')}</p>}
        {!start.isLocked && <StandingLine standing={standing} />}
        <ProblemList onGo={go} />
        {view === 'json' ? (
          <JsonView unread={unread} onUnread={setUnread} />
        ) : (
          <>
            <PresetPicker />
            <TabBar
              tab={tab}
              onTab={(next) => {
                store.reveal(null);
                setTab(next);
              }}
            />
            <section aria-label={t(`agreement_tab_${tab}`)} className={styles['part']}>
              {bodies[tab]()}
            </section>
          </>
        )}
      </div>
    </EditorContext>
  );
}

/** The field that a path names, or the nearest thing around it. */
function focusAt(root: HTMLElement, path: Path): void {
  for (let length = path.length; length > 0; length -= 1) {
    const found = root.querySelector<HTMLElement>(`[data-path="${CSS.escape(path.slice(0, length).join('/'))}"]`);
    if (!found) continue;
    const field =
      found.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      found.querySelector<HTMLElement>('button') ??
      found.querySelector<HTMLElement>('input, textarea');
    (field ?? found).focus();
    (field ?? found).scrollIntoView({ block: 'center' });
    return;
  }
}

/** Links in a row and no tab widget: each is a stretch of one page, and wraps on a narrow one. */
function TabBar({ tab, onTab }: { readonly tab: Tab; readonly onTab: (tab: Tab) => void }) {
  const { store } = useEditor();
  const issues = useSyncExternalStore(store.subscribe, store.issues);
  return (
    <nav aria-label={t('agreement_parts')}>
      <ul className={styles['tabs']}>
        {tabs.map((one) => {
          const wrong = issues.filter(({ path }) => tabOf(path) === one).length;
          return (
            <li key={one}>
              <button
                type="button"
                className={styles['tab']}
                aria-current={one === tab ? 'true' : undefined}
                onClick={() => onTab(one)}
              >
                {t(`agreement_tab_${one}`)}
                {wrong > 0 && (
                  <span className={styles['count']}>
                    <span aria-hidden="true">{wrong}</span>
                    <Hidden>{plural('agreement_problems', wrong)}</Hidden>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
