/** Name of Athena's database with the tables, and of the workgroup they are queried in. */
export const analyticsName = 'tiendo';
