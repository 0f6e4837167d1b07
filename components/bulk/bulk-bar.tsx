/**
 * The bar at the bottom of a CRM's page: how many leads are selected, what can be done with all of them, how it went. A page
 * of its own in a frame; it tells the page around it only how high it is, that it is done, and that it wants to close.
 */
import { Ban, Check, Flag, Recycle, X, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { KeyCap } from '../ui/key-cap';
import styles from './bulk-bar.module.css';
import { useKeys } from './keys';
import { ReasonForm } from './reason-form';
import { RecycleForm } from './recycle-form';
import type { BulkServices } from './services';
import { refusalSentence, useBulk, type BulkAct, type Outcome } from './use-bulk';
import { useHeight } from './use-height';

type Name = BulkAct['do'];

interface Shape {
  readonly name: Name;
  readonly key: string;
  readonly icon: LucideIcon;
  readonly side: 'sales' | 'marketing';
}

/** The keys are the panel's. */
const shapes: readonly Shape[] = [
  { name: 'accept', key: 'a', icon: Check, side: 'sales' },
  { name: 'reject', key: 'r', icon: Ban, side: 'sales' },
  { name: 'recycle', key: 'c', icon: Recycle, side: 'sales' },
  { name: 'flag', key: 'f', icon: Flag, side: 'marketing' },
];

function keepFocus(): void {
  if (document.hasFocus() && document.activeElement === document.body) document.querySelector('button')?.focus();
}

export function BulkBar({ services }: { readonly services: BulkServices }) {
  const root = useHeight(services.signal);
  const { work, busy, outcome, trouble, act, undo } = useBulk(services);
  const [form, setForm] = useState<Exclude<Name, 'accept'> | null>(null);
  const close = (): void => services.signal({ relevo: 'close' });
  const shown = work ? shapes.filter(({ side }) => work.side === null || work.side === side) : [];
  const start = (name: Name): void => {
    if (busy || outcome) return;
    if (name === 'accept') void act({ do: name });
    else setForm(form === name ? null : name);
  };
  const setting = { busy, slow: busy, trouble, onCancel: () => setForm(null) };
  const escape = (): void => (form === null || outcome ? close() : setForm(null));
  useKeys({
    ...Object.fromEntries(shown.map(({ name, key }) => [key, () => start(name)])),
    u: outcome?.undo ? undo : undefined,
    Escape: escape,
  });
  // The badge's key brings the focus to this page, and what had it may be gone: on to the first button.
  useEffect(keepFocus);
  useEffect(() => {
    window.addEventListener('focus', keepFocus);
    return () => window.removeEventListener('focus', keepFocus);
  }, []);

  return (
    <I18nProvider locale={language()}>
      <main ref={root} className={styles.bar} aria-label={t('badge_bar_title')}>
        {form === 'recycle' && work && !outcome && (
          <RecycleForm now={services.now} setting={setting} onAct={(what) => void act(what)} />
        )}
        {form !== null && form !== 'recycle' && work && !outcome && (
          <ReasonForm key={form} use={form} reasons={work.reasons} setting={setting} onAct={(what) => void act(what)} />
        )}
        {trouble !== null && form === null && (
          <p role="alert" className={styles.trouble}>
            {trouble}
          </p>
        )}
        <div className={styles.line}>
          <output className={styles.said}>
            {outcome ? <Said outcome={outcome} /> : work && <span>{plural('bulk_selected', work.leads.length)}</span>}
          </output>
          {outcome?.undo && (
            <Action kind="quiet" busy={busy} onAction={undo}>
              {t('act_undo')} <KeyCap name="u" />
            </Action>
          )}
          {!outcome &&
            shown.map(({ name, key, icon: Icon }) => (
              <button
                key={name}
                type="button"
                className={styles.action}
                aria-keyshortcuts={key}
                aria-disabled={busy || undefined}
                aria-expanded={name === 'accept' ? undefined : form === name}
                onClick={() => start(name)}
              >
                <Icon size={14} aria-hidden="true" focusable="false" />
                {t(name === 'accept' ? 'act_accept' : `bulk_${name}`)}
                <KeyCap name={key} />
              </button>
            ))}
          <button
            type="button"
            className={styles.close}
            aria-label={t(outcome ? 'bulk_close' : 'bulk_clear')}
            title={t(outcome ? 'bulk_close' : 'bulk_clear')}
            aria-keyshortcuts="Escape"
            onClick={close}
          >
            <X size={16} aria-hidden="true" focusable="false" />
          </button>
        </div>
      </main>
    </I18nProvider>
  );
}

/** "2 leads accepted. 1 lead stays as it is: It is accepted already." */
function Said({ outcome }: { readonly outcome: Outcome }) {
  return (
    <>
      <span>{plural(`bulk_done_${outcome.did}`, outcome.count)}</span>
      {outcome.refusals.map(([code, count]) => (
        <span key={code} className={styles.refused}>
          {plural('bulk_refused', count, refusalSentence(code))}
        </span>
      ))}
    </>
  );
}
