import js from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import globals from "globals";

const NO_HTML = "Text goes into the page as text: see plain.js.";

export default [
  { ignores: [".venv/", "artefacts/", "node_modules/", "var/"] },
  js.configs.recommended,
  jsdoc.configs["flat/recommended-typescript-flavor-error"],
  {
    files: ["**/*.js"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({ property, message: NO_HTML })),
      ],
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      // Names and types tell; a sentence stands where they do not.
      "jsdoc/require-param-description": "off",
      "jsdoc/require-property-description": "off",
      "jsdoc/require-returns-description": "off",
      "jsdoc/tag-lines": ["error", "any", { startLines: null }],
      "jsdoc/require-jsdoc": ["error", { publicOnly: true, require: { ClassDeclaration: true } }],
    },
  },
  {
    files: ["dashboard/**/*.js", "geodata/**/*.js"],
    languageOptions: {
      globals: { ...globals.browser, L: "readonly", maplibregl: "readonly", pmtiles: "readonly" },
    },
  },
  {
    files: ["**/*.test.js", "**/tests/**"],
    languageOptions: { globals: globals.nodeBuiltin },
    // Stand-ins for a browser are no more than the tests need.
    rules: { "jsdoc/reject-any-type": "off", "jsdoc/require-jsdoc": "off", "jsdoc/require-returns": "off" },
  },
];
