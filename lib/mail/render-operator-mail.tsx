import { render } from "@react-email/render";
import type { RenderedMail } from "./render-mail";
import {
  OperatorAlertMail,
  operatorAlertText,
  type OperatorAlertMailProps,
} from "./templates/operator-alert";

/** A mail to the staff administrators, as HTML and as plain text. */
export async function renderOperatorAlert(props: OperatorAlertMailProps): Promise<RenderedMail> {
  return {
    subject: `${props.title} (Perch at ${props.host})`,
    html: await render(<OperatorAlertMail {...props} />),
    text: operatorAlertText(props),
  };
}
