/**
 * A table as the page shows it: every cell with the leads behind it, shares with what they stand on. The same table goes into
 * files and chats, where an interval has columns of its own.
 */
import type { Cell, Filters, ReportWindow } from '../../lib/report';
import type { Percentiles, Share } from '../../lib/report/statistics';
import type { Table, TableCell, TableColumn } from '../../lib/report/table';
import { t } from '../../lib/platform/i18n';

/** The leads of one number. */
export interface Behind {
  /** What the number is, for the list's title. */
  readonly label: string;
  readonly cell: Cell;
  readonly window: ReportWindow;
  readonly filters: Filters;
  /** Only leads that meet this condition of a promise; see `conditionOf`. */
  readonly condition?: string;
}

export interface FigureColumn {
  readonly label: string;
  /** `length`: ms, shown as people say it and exported in minutes. `measured`: a share with n and its interval. */
  readonly kind: TableColumn['kind'] | 'length' | 'measured';
}

export interface FigureCell {
  readonly value: TableCell;
  readonly share?: Share;
  /** Shown in its place where the value alone says too little; never exported. */
  readonly text?: string;
  readonly behind?: Behind;
  /** What the share is a share of: the leads that its n counts. */
  readonly among?: Behind;
  /** Several numbers in one cell, each with its own leads; what is exported is the value. */
  readonly parts?: readonly CellPart[];
}

export interface CellPart {
  readonly text: string;
  readonly behind: Behind;
}

export interface FigureTable {
  readonly title: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly (readonly FigureCell[])[];
  /** How many rows there are, where they are made only for who looks at them. */
  readonly size?: number;
  /** What is said where there are no rows. */
  readonly empty?: string;
}

/** A table whose rows are made when somebody looks at them: most charts are never turned into theirs. */
export function lateTable(
  table: Pick<FigureTable, 'title' | 'columns'>,
  size: number,
  make: () => FigureTable['rows'],
): FigureTable {
  let made: FigureTable['rows'] | undefined;
  return {
    ...table,
    size,
    get rows() {
      return (made ??= make());
    },
  };
}

export const plain = (value: TableCell): FigureCell => ({ value });
export const measured = (share: Share, behind?: Behind, among?: Behind): FigureCell => ({
  value: share.value,
  share,
  ...(behind && { behind }),
  ...(among && { among }),
});
/** Median, p75 and p90 with their sample; behind each of them stands all of the sample. */
export const percentileCells = ({ n, median, p75, p90 }: Percentiles, behind: Behind): FigureCell[] =>
  [median, p75, p90, n].map((value) => ({ value, behind }));

const minuteMs = 60_000;

/** The table as files and chats get it. */
export function toTable({ title, columns, rows }: FigureTable): Table {
  return {
    title,
    columns: columns.flatMap(({ label, kind }): TableColumn[] => {
      if (kind === 'length') return [{ label: t('report_in_minutes', label), kind: 'number' }];
      if (kind !== 'measured') return [{ label, kind }];
      return [
        { label, kind: 'share' },
        { label: t('report_column_n', label), kind: 'number' },
        { label: t('report_column_low', label), kind: 'share' },
        { label: t('report_column_high', label), kind: 'share' },
      ];
    }),
    rows: rows.map((row) =>
      row.flatMap(({ value, share }, index): TableCell[] => {
        const kind = columns[index]?.kind;
        if (kind === 'length') return [typeof value === 'number' ? value / minuteMs : null];
        if (kind === 'measured') return [value, share?.of ?? null, share?.low ?? null, share?.high ?? null];
        return [value];
      }),
    ),
  };
}
