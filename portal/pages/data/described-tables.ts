import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import type { Column, Layout } from '../../../shared/domain/tables/table.ts';
import { tables } from '../../../shared/domain/tables.ts';
import { views } from '../../../shared/domain/views.ts';

/** A table or a view as the dictionary has it; only tables, which have a `layout`, are files to download. */
export interface DescribedTable {
  name: string;
  title: Bilingual;
  /** What one row is. */
  grain: Bilingual;
  columns: readonly Column[];
  layout?: Layout;
}

/** All tables in the order of the dictionary, then the views. */
export const describedTables: readonly DescribedTable[] = [...tables, ...views];
