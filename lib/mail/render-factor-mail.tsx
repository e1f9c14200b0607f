import { render } from "@react-email/render";
import type { RenderedMail } from "./render-mail";
import {
  FactorChangedMail,
  factorChangedText,
  type FactorChangedMailProps,
} from "./templates/factor-changed";

/** The mail about a second factor, as HTML and as plain text. */
export async function renderFactorMail(props: FactorChangedMailProps): Promise<RenderedMail> {
  return {
    subject: `${props.title} (Perch at ${props.host})`,
    html: await render(<FactorChangedMail {...props} />),
    text: factorChangedText(props),
  };
}
