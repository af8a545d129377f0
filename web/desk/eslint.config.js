import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

// Zones: shared and i18n know nobody; api knows shared; feed knows api and shared; a feature knows
// those and itself; app knows all. Who may know whom is decided here and nowhere else.
const feature_names = readdirSync(new URL("./src/features", import.meta.url));

/** What files may not import, as patterns over the alias. */
const no = (group, message) => ({ group, message });
const relative = no(["../../*"], "Further than the next folder: use @/…");
const zone = (files, ...patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [relative, ...patterns] }] },
});

export default tseslint.config(
  { ignores: ["dist", "src/api/description.gen.ts"] },
  ...tseslint.configs.strict,
  hooks.configs.flat["recommended-latest"],
  {
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "JSXText[value=/[A-Za-z]{2,}/]", message: "Words on screen belong in src/i18n." },
        {
          selector: "JSXAttribute[name.name=/^(aria-label|title|placeholder|alt)$/] > Literal[value=/[A-Za-z]{2,}/]",
          message: "Words on screen belong in src/i18n.",
        },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is text." },
      ],
      eqeqeq: "error",
      "max-lines": ["error", 400],
    },
  },
  zone(["src/shared/**", "src/i18n/**"], no(["@/api/*", "@/feed/*", "@/features/*", "@/app/*"], "shared knows nobody above it.")),
  zone(["src/api/**"], no(["@/feed/*", "@/features/*", "@/app/*"], "api knows shared only.")),
  zone(["src/feed/**"], no(["@/features/*", "@/app/*"], "feed knows api and shared.")),
  zone(["src/phone/**"], no(["@/feed/*", "@/features/*", "@/app/*"], "phone knows api and shared.")),
  {
    files: ["src/**"],
    ignores: ["src/phone/jssip-line.ts"],
    rules: { "no-restricted-modules": "off", "@typescript-eslint/no-restricted-imports": ["error", { patterns: [no(["jssip", "jssip/*"], "Behind @/phone/line: jssip-line.ts alone knows which library it is.")] }] },
  },
  ...feature_names.map((name) =>
    zone(
      [`src/features/${name}/**`],
      no(["@/app/*", "@/features/*", `!@/features/${name}`, `!@/features/${name}/*`], "A feature knows no other feature and not the app."),
    ),
  ),
);
