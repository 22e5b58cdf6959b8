import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Column, ColumnType, Layout, Table } from '../shared/domain/tables/table.ts';
import type { View } from '../shared/domain/views.ts';
import { named, pascalCase } from './logical-id.ts';

export interface GlueTablesProps {
  /** Name of the database. */
  database: string;
  /** Where the objects of the tables are, `<table>/…`. */
  bucket: Bucket;
  tables: readonly Table[];
  views: readonly View[];
  /** Unit ids, each of which has a folder in tables laid out by unit. */
  units: readonly string[];
  /** No table laid out by day has a folder for an earlier one. */
  firstDay: string;
}

/**
 * The export as Athena sees it: a database, a table for each of the list and a view for each query of the list. Which
 * folders a table has is computed from its properties (partition projection), so that nothing has to be crawled or
 * registered when an object is written.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export class GlueTables extends Construct {
  constructor(scope: Construct, id: string, props: GlueTablesProps) {
    super(scope, id);
    const { database: databaseName, tables, views } = props;
    const catalogId = props.bucket.stack.account;
    const database = named(
      new CfnDatabase(this, 'Database', {
        catalogId,
        databaseName,
        databaseInput: {
          name: databaseName,
          description:
            'tiendo: what was reported and decided. docs/data-dictionary.md explains every column.',
        },
      }),
      'AnalyticsDatabase',
    );
    const inputs = [
      ...tables.map((table) => tableInput(table, props)),
      ...views.map((view) => viewInput(view, databaseName)),
    ];
    for (const input of inputs) {
      const name = pascalCase(input.name.replaceAll('_', '-'));
      const table = new CfnTable(this, name, { catalogId, databaseName, tableInput: input });
      table.addResourceDependency(database);
      named(table, `${name}Table`);
    }
  }
}

type TableInput = CfnTable.TableInputProperty & { name: string };

function tableInput(table: Table, { bucket, units, firstDay }: GlueTablesProps): TableInput {
  const location = `s3://${bucket.bucketName}/${table.name}/`;
  const partition = partitionOf(table.layout, { units, firstDay });
  return {
    name: table.name,
    description: describe(table),
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      ...(partition && {
        'projection.enabled': 'true',
        ...partition.projection,
        'storage.location.template': `${location}${partition.column}=\${${partition.column}}/`,
      }),
    },
    ...(partition && {
      partitionKeys: [{ name: partition.column, type: 'string', comment: partition.comment }],
    }),
    storageDescriptor: {
      location,
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      columns: table.columns.map(glueColumn),
    },
  };
}

/**
 * A view as Athena itself stores one: its query and Trino's column types, encoded, beside the same columns in Glue's.
 * Names in the query without a database mean this one.
 */
function viewInput(view: View, databaseName: string): TableInput {
  const definition = {
    originalSql: view.sql,
    catalog: 'awsdatacatalog',
    schema: databaseName,
    columns: view.columns.map(({ name, type }) => ({ name, type: trinoType(type) })),
  };
  return {
    name: view.name,
    description: describe(view),
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
    viewExpandedText: '/* Presto View */',
    storageDescriptor: { columns: view.columns.map(glueColumn) },
  };
}

/** How the folders of a layout are computed; `undefined` where a table has none. */
function partitionOf(layout: Layout, { units, firstDay }: Pick<GlueTablesProps, 'units' | 'firstDay'>) {
  switch (layout) {
    case 'whole':
      return undefined;
    case 'unit':
    case 'submission':
      return {
        column: 'unit',
        comment: 'Thư mục của đơn vị; giới hạn theo cột này để đọc ít hơn',
        projection: { 'projection.unit.type': 'enum', 'projection.unit.values': units.join(',') },
      };
    case 'day':
      return {
        column: 'day',
        comment: 'Thư mục của ngày, YYYY-MM-DD; giới hạn theo cột này để đọc ít hơn',
        projection: {
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          // A day's object is written at 01:00 of the next day in Vietnam, which is still the same day in UTC.
          'projection.day.range': `${firstDay},NOW`,
          'projection.day.interval': '1',
          'projection.day.interval.unit': 'DAYS',
        },
      };
  }
}

function describe({ title, grain }: Pick<Table, 'title' | 'grain'>): string {
  return `${title.vi} · ${title.en}. ${grain.vi} · ${grain.en}.`;
}

/** Comments are limited to 255 characters, so they are in Vietnamese only; the dictionary has both languages. */
function glueColumn({ name, type, title, unit }: Column): CfnTable.ColumnProperty {
  return { name, type: glueType(type), comment: unit ? `${title.vi} [${unit.vi}]` : title.vi };
}

function glueType(type: ColumnType): string {
  return type === 'VARCHAR' ? 'string' : type.toLowerCase();
}

function trinoType(type: ColumnType): string {
  return type === 'TIMESTAMP' ? 'timestamp(3)' : type.toLowerCase();
}
