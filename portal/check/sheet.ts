/** A column as the table shows it: Excel's letters where the file is a sheet, and the name the file gives it. */
export interface SheetColumn {
  /** `D`; absent in JSON. */
  letters?: string;
  name: string;
}

/** A row as the file has it, with the cells under the columns that are shown. */
export interface SheetRow {
  /** The row Excel shows; in JSON the observation's position from 1. */
  row: number;
  isHeader: boolean;
  cells: string[];
}

/** The rows of a file that something was found at, and of its header, in the order of the file. */
export interface Sheet {
  format: 'csv' | 'json';
  columns: SheetColumn[];
  rows: SheetRow[];
  /** Rows with an issue that are not shown, for want of room. */
  rowsLeft: number;
}

/** The most rows with an issue that are shown. */
export const maxSheetRows = 200;
/** The most columns that are shown; a report has ten or so. */
export const maxSheetColumns = 30;
