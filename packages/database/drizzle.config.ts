import { defineConfig } from 'drizzle-kit';

// `drizzle-kit generate --name what_changes` in this folder writes the next migration; what Drizzle cannot say is added by hand.
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema/*.ts',
  out: '../../drizzle',
});
