import { Body, Button, Head, Html, Img, Link, Preview } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";
import { birdContentId } from "../bird-png";

/**
 * The sheet of 560 px that every mail stands on. Mail clients have no custom properties: these are the values of
 * app/tokens.css, written out; dark ones are in the style element below.
 */

const font: CSSProperties = {
  fontFamily: 'Geist, Inter, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif',
};

const adaptive = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 0; }
@media (prefers-color-scheme: dark) {
  .bg { background: #0b0f0e !important; }
  .sheet { background: #111614 !important; border-color: #373f3c !important; }
  .rule { background: #edf1ef !important; }
  .tx { color: #edf1ef !important; }
  .tx2 { color: #b9c1bd !important; }
  .tx3 { color: #949e9a !important; }
  .lk { color: #5ad0e7 !important; }
  .ln { border-color: #232a27 !important; }
  .cta { background: #45b8cf !important; }
  .cta a { color: #06191d !important; border-color: #45b8cf !important; }
}
@media (max-width: 480px) {
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .cta, .cta a { display: block !important; text-align: center !important; }
}`;

interface SheetMailProps {
  title: string;
  /** One sentence that mail clients show beside the subject. */
  preview: string;
  /** Below the sheet, small. */
  footer: ReactNode;
  children: ReactNode;
}

export function SheetMail({ title, preview, footer, children }: SheetMailProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{adaptive}</style>
      </Head>
      <Body className="bg" style={{ margin: 0, padding: 0, background: "#f3f7f5" }}>
        <Preview>{preview}</Preview>
        <Table className="bg" style={{ background: "#f3f7f5" }}>
          <tr>
            <td align="center" style={{ padding: "28px 12px 36px" }}>
              <Table style={{ maxWidth: 560 }}>
                <tr>
                  <td align="left" style={{ padding: "0 24px", lineHeight: 0 }}>
                    <Img
                      src={`cid:${birdContentId}`}
                      alt=""
                      width="40"
                      height="39"
                      style={{ marginBottom: -9 }}
                    />
                  </td>
                </tr>
                <tr>
                  <td
                    className="rule"
                    style={{ height: 3, lineHeight: "3px", fontSize: 0, background: "#101513" }}
                  >
                    &nbsp;
                  </td>
                </tr>
                <tr>
                  <td className="sheet pad" style={sheet}>
                    <Heading>{title}</Heading>
                    {children}
                  </td>
                </tr>
                <tr>
                  <td className="pad" style={{ padding: "16px 32px 0" }}>
                    {footer}
                  </td>
                </tr>
              </Table>
            </td>
          </tr>
        </Table>
      </Body>
    </Html>
  );
}

const sheet: CSSProperties = {
  background: "#ffffff",
  border: "1px solid #cdd2d0",
  borderTop: 0,
  borderRadius: "0 0 8px 8px",
  padding: "28px 32px",
};

function Table({
  children,
  className,
  style,
}: {
  children: ReactNode;
  className?: string;
  style?: CSSProperties;
}) {
  return (
    <table
      role="presentation"
      className={className}
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      style={style}
    >
      <tbody>{children}</tbody>
    </table>
  );
}

function Heading({ children }: { children: ReactNode }) {
  const style = {
    ...font,
    margin: "0 0 10px",
    fontSize: 21,
    lineHeight: 1.3,
    fontWeight: 600,
    letterSpacing: "-0.014em",
  };
  return (
    <h1 className="tx" style={{ ...style, color: "#101513" }}>
      {children}
    </h1>
  );
}

/** A paragraph of the mail itself. */
export function MailText({ children }: { children: ReactNode }) {
  return (
    <p
      className="tx2"
      style={{ ...font, margin: "0 0 16px", fontSize: 15, lineHeight: 1.55, color: "#474f4b" }}
    >
      {children}
    </p>
  );
}

/** What stands out in a paragraph. */
export function MailStrong({ children }: { children: ReactNode }) {
  return (
    <b className="tx" style={{ fontWeight: 600, color: "#101513" }}>
      {children}
    </b>
  );
}

/** Small print: below the button, or below the sheet. */
export function MailNote({ children, last }: { children: ReactNode; last?: boolean }) {
  return (
    <p
      className="tx3"
      style={{ ...font, margin: last ? 0 : "0 0 8px", fontSize: 12, lineHeight: 1.55, color: "#5c6561" }}
    >
      {children}
    </p>
  );
}

/** The one button of a mail. */
export function MailButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <table
      role="presentation"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      style={{ margin: "20px 0 8px", minWidth: 220 }}
    >
      <tbody>
        <tr>
          <td className="cta" style={{ background: "#035a67", borderRadius: 5, textAlign: "center" }}>
            <Button href={href} style={cta}>
              {children}
            </Button>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const cta: CSSProperties = {
  ...font,
  display: "inline-block",
  padding: "12px 22px",
  border: "1px solid #035a67",
  borderRadius: 5,
  fontSize: 16,
  lineHeight: "20px",
  fontWeight: 500,
  color: "#ffffff",
  textDecoration: "none",
};

/** An address to copy where the button does not work. */
export function MailLink({ href }: { href: string }) {
  return (
    <Link
      className="lk"
      href={href}
      style={{ color: "#035a67", textDecoration: "underline", wordBreak: "break-all" }}
    >
      {href}
    </Link>
  );
}
