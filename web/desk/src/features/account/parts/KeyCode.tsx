import qrcode from "qrcode-generator";
import { useTranslation } from "react-i18next";
import styles from "./KeyCode.module.css";

/** White around the code, in squares of it, without which cameras do not find it (ISO/IEC 18004). */
const quiet = 4;

/** The dark squares as one path, a stroke for each run of a line. */
function squares(text: string): { size: number; path: string } {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row += 1) {
    for (let from = 0; from < count; from += 1) {
      let to = from;
      while (to < count && code.isDark(row, to)) to += 1;
      if (to > from) path += `M${from + quiet} ${row + quiet}h${to - from}v1h-${to - from}z`;
      from = to;
    }
  }
  return { size: count + 2 * quiet, path };
}

/** What an authenticator's camera reads; the key as text stands beside it for everybody else. */
export default function KeyCode({ uri }: { uri: string }) {
  const { t } = useTranslation("account");
  const { size, path } = squares(uri);
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t("factor.picture")} shapeRendering="crispEdges">
      <rect className={styles.ground} width={size} height={size} />
      <path className={styles.ink} d={path} />
    </svg>
  );
}
