import { render } from "@react-email/render";
import { SignInMail, signInText, type SignInMailProps } from "./templates/sign-in";

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** The mail with a sign-in link, as HTML and as plain text. */
export async function renderSignInMail(props: SignInMailProps): Promise<RenderedMail> {
  return {
    subject: `Sign in to Perch at ${props.host}`,
    html: await render(<SignInMail {...props} />),
    text: signInText(props),
  };
}
