/** The amounts themselves: one a source and month, all in one currency, which is chosen with the first of them. */
import { useId, useMemo, useRef, useState, type FormEvent } from 'react';
import { language, t } from '../../lib/platform/i18n';
import type { CostSaved } from '../../lib/messages/report';
import { costAtMost } from '../../lib/report/cost-bounds';
import type { CostEntry } from '../../lib/settings/cost-schema';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import styles from './costs.module.css';
import { dateAt } from './query';
import { countWords, moneyWords, monthWords } from './report-words';
import type { Costs } from './use-costs';
import type { SectionProps } from './view';

/** Months back that can be chosen: as far as a report reaches. */
const monthsBack = 24;
const firstCurrency = 'EUR';

/** This month and those before it, `YYYY-MM`. */
function monthsUntil(today: string): string[] {
  const [year = 1970, month = 1] = today.split('-').map(Number);
  return Array.from({ length: monthsBack + 1 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
}

function currencies(): { readonly id: string; readonly words: string }[] {
  const names = new Intl.DisplayNames(language(), { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((id) => ({ id, words: `${id} · ${names.of(id) ?? id}` }));
}

/** An amount that can be kept; `null` for everything else that people write. */
function amountIn(text: string): number | null {
  const amount = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(amount) && amount >= 0 && amount <= costAtMost ? amount : null;
}

export function CostForm({ view }: SectionProps) {
  const { columns } = view.gathered;
  const { costs } = view;
  const sources = useMemo(
    () => columns.texts.source.values.filter((one) => one !== null).toSorted((a, b) => a.localeCompare(b)),
    [columns],
  );
  const months = monthsUntil(dateAt(columns.now, columns.timeZone));
  const choices = useMemo(() => currencies(), []);
  const [source, setSource] = useState<string | null>(null);
  const [month, setMonth] = useState(months[0] ?? '');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(firstCurrency);
  const [said, setSaid] = useState<{ readonly words: string; readonly urgent: boolean } | null>(null);
  const about = useId();
  const currency = costs.currency ?? chosen;
  const of = source ?? sources[0];
  const before = costs.costs.find((cost) => cost.source === of && cost.month === month);
  const refuse = (words: string): void => setSaid({ words, urgent: true });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const amount = amountIn(typed);
    if (of === undefined) return refuse(t('report_cost_no_source'));
    if (amount === null) return refuse(t('report_cost_no_amount'));
    const entry: CostEntry = { source: of, month, amount, currency };
    void costs.save(entry).then((saved) => {
      if (!saved.ok) return refuse(t(`report_cost_not_saved_${saved.why}`));
      setTyped('');
      return setSaid({
        words: t('report_cost_saved', of, monthWords(month), moneyWords(amount, currency)),
        urgent: false,
      });
    });
  };
  return (
    <div className={styles.costs}>
      {!costs.readable && <p role="alert">{t('report_cost_not_saved_unreadable')}</p>}
      <form className={styles.form} onSubmit={submit} aria-label={t('report_cost_new')} noValidate>
        <label className={styles.field}>
          {t('report_by_source')}
          <select value={of ?? ''} onChange={({ target }) => setSource(target.value)}>
            {sources.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          {t('report_cost_month')}
          <select value={month} onChange={({ target }) => setMonth(target.value)}>
            {months.map((one) => (
              <option key={one} value={one}>
                {monthWords(one)}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          {t('report_cost_amount')}
          <input
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={typed}
            aria-describedby={about}
            aria-invalid={said?.urgent === true && amountIn(typed) === null ? true : undefined}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <label className={styles.field}>
          {t('report_cost_currency')}
          <select
            value={currency}
            disabled={costs.currency !== null}
            onChange={({ target }) => setChosen(target.value)}
          >
            {choices.some(({ id }) => id === currency) || <option value={currency}>{currency}</option>}
            {choices.map(({ id, words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className={styles.submit}>
          {t('report_cost_save')}
        </button>
      </form>
      <p id={about} className={styles.soft}>
        {before ? t('report_cost_so_far', moneyWords(before.amount, currency)) : t('report_cost_about')}
      </p>
      {said && <p role={said.urgent ? 'alert' : 'status'}>{said.words}</p>}
      <Entered costs={costs} currency={currency} onRefused={(why) => refuse(t(`report_cost_not_saved_${why}`))} />
    </div>
  );
}

interface EnteredProps {
  readonly costs: Costs;
  readonly currency: string;
  readonly onRefused: (why: Extract<CostSaved, { readonly ok: false }>['why']) => void;
}

function Entered({ costs, currency, onRefused }: EnteredProps) {
  const summary = useRef<HTMLElement>(null);
  if (costs.costs.length === 0) return null;
  return (
    <details>
      <summary ref={summary}>{t('report_cost_entered', countWords(costs.costs.length))}</summary>
      <ul className={styles.entered}>
        {costs.costs.map(({ source, month, amount }) => (
          <li key={`${month}|${source}`}>
            <span>{monthWords(month)}</span>
            <bdi>{source}</bdi>
            <span className={styles.money}>{moneyWords(amount, currency)}</span>
            <Action
              kind="plain"
              onAction={() =>
                void costs.remove({ source, month }).then((removed) => {
                  // The line is gone, and with it the button that had the focus.
                  if (removed.ok) return summary.current?.focus();
                  return onRefused(removed.why);
                })
              }
            >
              {t('report_log_remove')}
              <Hidden>{`: ${source}, ${monthWords(month)}`}</Hidden>
            </Action>
          </li>
        ))}
      </ul>
    </details>
  );
}
