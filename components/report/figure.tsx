/**
 * One figure of the report: its picture, the table behind it, how it is computed, and what can be taken along: the table as a
 * file or as text for a chat, the picture as a file.
 */
import { useId, useRef, useState, type ReactNode, type RefObject } from 'react';
import { language, t } from '../../lib/platform/i18n';
import type { FormulaId } from '../../lib/report';
import { toCsv } from '../../lib/report/csv';
import { toText } from '../../lib/report/text';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { pictureFile, pngOf, type PictureFile, type PictureWords } from './chart-file';
import { toTable, type Behind, type FigureTable } from './figure-table';
import styles from './figure.module.css';
import type { ReportServices } from './services';
import { TableView } from './table-view';

/** What every figure of the page shares. */
export interface FigureTools {
  readonly services: Pick<ReportServices, 'copy' | 'save'>;
  readonly timeZone: string;
  readonly now: number;
  /** Window, leads, agreement versions, coverage and age of the figures, in one line: what is taken along is read elsewhere. */
  readonly about: () => string;
  /** For names of files: first and last day, or the day that they speak of. */
  readonly period: string;
  readonly onBehind: (behind: Behind) => void;
  /** Says what was done, to a screen reader too. */
  readonly say: (words: string) => void;
}

export interface FigureProps {
  readonly tools: FigureTools;
  readonly table: FigureTable;
  readonly formulas: readonly FormulaId[];
  /** Without one, the table is what is shown. */
  readonly picture?: ReactNode;
  /** The picture is an SVG of its own that can be kept as a file. */
  readonly isDrawing?: boolean;
  /** Draws what is kept as a file where the picture is none itself. */
  readonly draw?: () => SVGSVGElement;
  /** It may be longer than a sheet of paper, and then breaks between its parts. */
  readonly isLong?: boolean;
  /** Under the title: what it is about, controls of its own. */
  readonly children?: ReactNode;
}

/** A longer table is no part of a sheet any more: it breaks between two rows, and its head stands on the next sheet again. */
const rowsOnPaper = 24;

/** A name that every system takes for a file. */
export const fileName = (title: string): string =>
  title
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 80) || 'relevo';

export function Figure(props: FigureProps) {
  const { tools, table, formulas, picture, isDrawing = true, draw, isLong = false, children } = props;
  const heading = useId();
  const shown = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [explained, setExplained] = useState(false);
  const showsTable = !picture || asTable;
  const hasRows = (table.size ?? table.rows.length) > 0;
  return (
    <section
      className={styles.figure}
      aria-labelledby={heading}
      data-long={isLong || (showsTable && table.rows.length > rowsOnPaper) || undefined}
    >
      <div className={styles.head}>
        <h3 id={heading} className={styles.title}>
          {table.title}
        </h3>
        <div className={styles.tools}>
          {picture && <Toggle on={asTable} onToggle={setAsTable} words={t('report_as_table')} of={table.title} />}
          <Toggle on={explained} onToggle={setExplained} words={t('report_formula')} of={table.title} />
          {hasRows && (
            <Take
              tools={tools}
              table={table}
              shown={picture && (isDrawing || draw) && !asTable ? shown : null}
              {...(draw && { draw })}
            />
          )}
        </div>
      </div>
      {children}
      {explained && (
        <ul className={styles.formulas}>
          {formulas.map((id) => (
            <li key={id}>{t(`formula_${id}`)}</li>
          ))}
        </ul>
      )}
      {showsTable ? (
        <TableView table={table} now={tools.now} onBehind={tools.onBehind} />
      ) : (
        <div ref={shown}>{picture}</div>
      )}
    </section>
  );
}

interface ToggleProps {
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly words: string;
  readonly of: string;
}

function Toggle({ on, onToggle, words, of }: ToggleProps) {
  return (
    <button type="button" className={styles.toggle} aria-pressed={on} onClick={() => onToggle(!on)}>
      {words}
      <Hidden>{`: ${of}`}</Hidden>
    </button>
  );
}

interface TakeProps {
  readonly tools: FigureTools;
  readonly table: FigureTable;
  /** Holds the drawing; `null` where there is none to take. */
  readonly shown: RefObject<HTMLDivElement | null> | null;
  readonly draw?: () => SVGSVGElement;
}

/** A drawing gets its colours from the page, so it has to stand on it for a moment. */
function drawnIn(place: HTMLElement, draw: () => SVGSVGElement, words: PictureWords): PictureFile {
  const drawing = draw();
  place.append(drawing);
  try {
    return pictureFile(drawing, words);
  } finally {
    drawing.remove();
  }
}

function Take({ tools, table, shown, draw }: TakeProps) {
  const { services, timeZone, say } = tools;
  const words = { locale: language() === 'es' ? 'es' : 'en', timeZone } as const;
  const name = `${fileName(table.title)}-${tools.period}`;
  const picture = (): PictureFile | null => {
    const place = shown?.current;
    if (!place) return null;
    const pictureWords = { title: table.title, about: tools.about() };
    if (draw) return drawnIn(place, draw, pictureWords);
    const drawing = place.querySelector('svg');
    return drawing && pictureFile(drawing, pictureWords);
  };
  const keepPng = (): void => {
    const file = picture();
    if (file === null) return;
    pngOf(file).then(
      (blob) => services.save(`${name}.png`, blob),
      () => say(t('report_no_picture')),
    );
  };
  const copy = (): void => {
    services.copy(toText(toTable(table), words, tools.about())).then(
      () => say(t('report_copied', table.title)),
      () => say(t('report_not_copied')),
    );
  };
  return (
    <details className={styles.take}>
      <summary>
        {t('report_take')}
        <Hidden>{`: ${table.title}`}</Hidden>
      </summary>
      <div className={styles.menu}>
        <Action kind="plain" onAction={copy}>
          {t('report_copy_text')}
        </Action>
        <Action
          kind="plain"
          onAction={() => services.save(`${name}.csv`, new Blob([toCsv(toTable(table), words)], { type: 'text/csv' }))}
        >
          CSV
        </Action>
        {shown && (
          <>
            <Action
              kind="plain"
              onAction={() => {
                const file = picture();
                if (file !== null) services.save(`${name}.svg`, new Blob([file.svg], { type: 'image/svg+xml' }));
              }}
            >
              SVG
            </Action>
            <Action kind="plain" onAction={keepPng}>
              PNG
            </Action>
          </>
        )}
      </div>
    </details>
  );
}
