"use client";

import { useSyncExternalStore } from "react";

const unchanging = () => () => undefined;
const readNonce = () => document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
const notYet = () => null;

/**
 * The mail in a frame without scripts. The frame inherits this document's Content-Security-Policy, so the mail's own
 * style element gets the nonce of the document, which stays while the pages inside it change. Links leave the frame.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const nonce = useSyncExternalStore(unchanging, readNonce, notYet);
  const content = html
    .replaceAll("<style>", `<style nonce="${nonce ?? ""}">`)
    .replaceAll('target="_blank"', 'target="_top"')
    .replace("<head>", '<head><base target="_top">');
  return (
    <iframe
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
      srcDoc={nonce === null ? undefined : content}
      className="min-h-[520px] w-full flex-1 border-0"
    />
  );
}
