import { z } from 'zod';

/** Describes a backup. The file is written last, so a folder without it is no complete backup. */
export const manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Names of the database's migrations. Restoring applies exactly these first. */
  migrations: z.array(z.string()),
  /** Ordered by foreign keys: referenced tables come first. */
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+$/),
      columns: z.array(z.string().regex(/^[a-z_]+$/)),
      rows: z.int(),
      /** Of the compressed file, in hex. */
      sha256: z.string(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;

export const MANIFEST_FILE = 'manifest.json';

export const fileOf = (table: string): string => `${table}.copy.gz`;

/** A backup or restore that cannot go on; the message is for the person at the command line. */
export class BackupError extends Error {
  override name = 'BackupError';
}
