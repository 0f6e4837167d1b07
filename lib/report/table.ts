/** A table as it leaves the report: for a spreadsheet, or as text for a chat. Words are the caller's. */
export interface TableColumn {
  readonly label: string;
  /** A share is a number from 0 to 1; an instant epoch ms. */
  readonly kind: 'text' | 'number' | 'share' | 'instant';
}

/** `null` is an empty cell: not known, or no value. */
export type TableCell = string | number | null;

export interface Table {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

export interface TableWords {
  readonly locale: 'en' | 'es';
  /** Zone of instants. */
  readonly timeZone: string;
}
