"use client";

import { useEffect, useState } from "react";

/**
 * The mail in a frame without scripts. The frame inherits this document's Content-Security-Policy, so the mail's own
 * style element gets the nonce of the document, which stays while the pages inside it change. Links leave the frame.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const [content, setContent] = useState<string>();

  useEffect(() => {
    const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
    const styled = html.replaceAll("<style>", `<style nonce="${nonce}">`);
    setContent(
      styled.replaceAll('target="_blank"', 'target="_top"').replace("<head>", '<head><base target="_top">'),
    );
  }, [html]);

  return (
    <iframe
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
      srcDoc={content}
      className="min-h-[520px] w-full flex-1 border-0"
    />
  );
}
