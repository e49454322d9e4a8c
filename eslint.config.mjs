import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import typescript from 'typescript-eslint';

// Only components and rune files: oxlint, which is much faster, has everything else.
const components = ['**/*.svelte', '**/*.svelte.ts'];

export default defineConfig([
  { ignores: ['**/build/**', '**/.svelte-kit/**', '**/paraglide/**', '**/node_modules/**', '**/*.test.ts'] },
  {
    files: components,
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    plugins: { '@typescript-eslint': typescript.plugin },
    rules: {
      'max-lines': ['error', 300],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'svelte/block-lang': ['error', { script: ['ts'] }],
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      // Baton is always served from the root of its own origin (PUBLIC_URL has no path).
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/require-event-dispatcher-types': 'error',
    },
  },
]);
