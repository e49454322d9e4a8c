/** The six migrations before the first release, by SHA-256. `0000_tables.sql` and `0001_fence.sql` replace them. */
const SQUASHED: Record<string, string> = {
  '0000_tables.sql': '5ef3262a9394098e422f3f6144b4663da2f6635108e3cf225b899697567af7aa',
  '0001_fence.sql': 'da3369042c696d1e1aaf4ad7f9c48f548e96695d0a7a44a154a7efef3ba5a779',
  '0002_state_since.sql': '4aa11f35598146d6c01073b1d3d80988aeea3709ba903d709604cadfb690c7fd',
  '0003_paused_by.sql': 'a64c349875eb7f2221e09a9f16032939094d9f0b2cc5c3f9d3b07208e688ab97',
  '0004_lists_and_search.sql': '6fd2e8a5fd3b639c45fea5ed365c8d084915a5209c97f5c499e3e594bb41c4ea',
  '0005_short_pending_list.sql': '07bccaf1d8ee68b75290bf86e95eada2331f1b4952e1b1fbb50817b868f4e947',
};

export const SQUASHED_INTO = ['0000_tables.sql', '0001_fence.sql'];

/** True for the records of a database that has exactly the six squashed migrations. */
export function areSquashed(applied: { name: string; sha256: string }[]): boolean {
  return (
    applied.length === Object.keys(SQUASHED).length && applied.every(({ name, sha256 }) => SQUASHED[name] === sha256)
  );
}

/** Names of migrations in a backup, with the squashed ones under the names of their replacements. */
export function currentNames(names: string[]): string[] {
  const isSquashed = names.includes('0005_short_pending_list.sql');
  return isSquashed ? [...SQUASHED_INTO, ...names.filter((name) => !(name in SQUASHED))] : names;
}
