// @ts-check
import eslint from '@eslint/js'
import stylistic from '@stylistic/eslint-plugin'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const inside = { regex: '/addons/|^#live-figures/(?!(?:worker|server|room)$)', message: 'A deck takes what addons/live-figures exports: import it from #live-figures.' }
const pure = { regex: '^vue$|^@slidev/|^@vueuse/|^#|/addons/', message: 'lab/ and data/ know neither Vue nor Slidev nor live figures.' }

/**
 * Imports run one way: slides → components → composables → lab → data; setup/, scripts/ and tests/ share talk/, and nothing
 * of the deck comes from scripts/. `room` may not import from the rooms above it, nor the insides of the addon.
 * @param {string} room
 * @param {string[]} above
 * @param {string[]} files
 */
function neverUpward(room, above, files = [`${room}/**/*.{ts,vue}`]) {
  return {
    files,
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [
          { group: above.map(name => `**/${name}/**`), message: `${room} does not import upward.` },
          room === 'lab' || room === 'data' ? pure : inside,
        ],
      }],
    },
  }
}

/** The addon imports nothing of the deck's, and touches Slidev in one folder. */
const ofTheDeck = { regex: '^#|^(?:\\.\\./){2}', message: 'addons/live-figures knows nothing of this deck.' }
const ofSlidev = { regex: '^@slidev/client', message: 'What the addon needs of Slidev’s client stands in its slidev/.' }

export default tseslint.config(
  { ignores: ['node_modules/**', 'scripts/node/**', 'dist/**', '.cache/**', '**/*.d.ts', 'docs/**', '**/assembly/**', 'lab/*/build/**'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  // Layout is decided here, and written by `npm run lint -- --fix`.
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: false, braceStyle: 'stroustrup', arrowParens: false }),
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
  },
  {
    rules: {
      // The compiler checks undefined names, better.
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      // Indices in numeric loops are known to be in range where the compiler cannot see it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A short function may stand in its line.
      '@stylistic/max-statements-per-line': ['error', { max: 2 }],
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'never', normal: 'always', component: 'always' }, svg: 'always' }],
      'vue/attributes-order': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/require-default-prop': 'off',
      'vue/html-indent': 'off',
      'vue/multiline-html-element-content-newline': 'off',
    },
  },
  {
    files: ['scripts/**', 'tests/**'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'Property[key.name="shell"]', message: 'A shell takes paths apart: scripts/setup/processes.mjs starts programs without one.' }],
    },
  },
  {
    files: ['lab/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error',
        { object: 'Math', property: 'random', message: 'lab/ draws from its one seeded generator (lab/random.ts).' },
        ...['exp', 'log', 'pow', 'tanh', 'sin', 'cos', 'log2', 'log10', 'expm1', 'log1p'].map(property => ({ object: 'Math', property, message: 'Differs between engines: take it from @stdlib/math-base-special-*.' })),
      ],
      'no-restricted-syntax': ['error', { selector: 'BinaryExpression[operator="**"], AssignmentExpression[operator="**="]', message: 'A power is Math.pow, which differs between engines: multiply, or take it from @stdlib.' }],
      'no-restricted-globals': ['error', { name: 'Date', message: 'lab/ has no wall clock.' }, { name: 'performance', message: 'lab/ has no wall clock.' }],
    },
  },
  {
    files: ['tests/**/*.ts', 'addons/*/{tests,testing}/**/*.ts'],
    rules: {
      'vue/one-component-per-file': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  neverUpward('data', ['lab', 'composables', 'components', 'layouts', 'setup', 'scripts', 'talk']),
  neverUpward('lab', ['composables', 'components', 'layouts', 'setup', 'scripts', 'talk']),
  neverUpward('composables', ['components', 'layouts', 'setup', 'scripts', 'talk']),
  neverUpward('components', ['layouts', 'setup', 'scripts', 'talk']),
  neverUpward('layouts', ['setup', 'scripts', 'talk']),
  neverUpward('talk', ['composables', 'components', 'layouts', 'setup', 'scripts', 'pdf']),
  neverUpward('setup', ['scripts', 'pdf', 'read']),
  {
    files: ['pdf/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['../**'], message: 'pdf/ knows nothing of this deck: what it needs of it is passed in.' }] }] },
  },
  neverUpward('read', ['composables', 'components', 'layouts', 'setup', 'scripts']),
  neverUpward('the deck', ['scripts', 'pdf', 'read'], ['*.{ts,vue}']),
  {
    files: ['addons/live-figures/**/*.{ts,vue}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [ofTheDeck, ofSlidev] }] },
  },
  {
    files: ['addons/live-figures/{slidev,testing}/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [ofTheDeck] }] },
  },
)
