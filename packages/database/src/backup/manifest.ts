import { z } from 'zod';

/** What a backup says of itself. Written last: a folder without it is not a backup. */
export const manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Names of the migrations the database had: restoring applies exactly these first. */
  migrations: z.array(z.string()),
  /** In an order in which each comes after those it refers to. */
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+$/),
      columns: z.array(z.string().regex(/^[a-z_]+$/)),
      rows: z.int(),
      /** Of the compressed file, hex. */
      sha256: z.string(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;

export const MANIFEST_FILE = 'manifest.json';

export const fileOf = (table: string): string => `${table}.copy.gz`;

/** Why a folder is no backup, or a database none to restore into: a sentence for who runs the command. */
export class BackupError extends Error {
  override name = 'BackupError';
}
