import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { favicon } from "@/components/layout/favicon";
import { ThemeProvider } from "@/components/layout/theme-provider";
import { StepUpProvider } from "@/components/step-up/step-up-provider";
import { env } from "@/lib/env";
import { stepUpActions } from "./(account)/account/security/step-up-actions";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  // Read at each request, never while building: nothing of the environment may be frozen into the build.
  await connection();
  return {
    title: { default: "Perch", template: "%s · Perch" },
    description: "Payroll and people data from every provider, with its age and what needs attention.",
    robots: { index: false, follow: false, nocache: true },
    referrer: "no-referrer",
    formatDetection: { telephone: false, date: false, email: false, address: false },
    ...favicon(env().FINCH_ENVIRONMENT),
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#111614" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // proxy.ts makes one nonce a request; reading it makes every page dynamic, which the CSP needs anyway.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>
          <StepUpProvider actions={stepUpActions}>{children}</StepUpProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
