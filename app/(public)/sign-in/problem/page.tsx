import type { Metadata } from "next";
import { SheetPage } from "@/components/layout/sheet-page";
import { LinkButton } from "@/components/ui/button";
import { ThreeParts } from "@/components/ui/three-parts";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";

export const metadata: Metadata = { title: "Not signed in" };

interface Problem {
  title: string;
  what: string;
  means: string;
  todo: string;
}

const nothingChanged = "Nothing was changed, and nobody was signed in.";

const unfinished: Problem = {
  title: "Signing in did not finish",
  what: "The visit at your identity provider could not be finished in this browser.",
  means: `It was cancelled, took longer than 10 minutes, or began in another browser. ${nothingChanged}`,
  todo: "Start again from the sign-in page, and stay in this browser.",
};

/** Fixed words: the address chooses among them and adds none of its own. */
const problems: Record<string, Problem> = {
  unfinished,
  unconfirmed: {
    title: "Not confirmed",
    what: "Your identity provider did not confirm that it is you.",
    means:
      "It was cancelled, took longer than 10 minutes, or you did not sign in there anew. Nothing was changed.",
    todo: "Go back to the page where you were, and repeat the step.",
  },
  "no-access": {
    title: "No access here",
    what: "This account has no access to this installation of Perch.",
    means:
      "You are signed in at your identity provider, and that is all it says. Nothing of Perch was shown.",
    todo: "Ask whoever runs this installation to add you, or sign in with another account.",
  },
  "other-person": {
    title: "That was somebody else",
    what: "You confirmed with another account than the one you are signed in with.",
    means: "The step was not confirmed, and nothing was changed.",
    todo: "Go back and confirm with your own account.",
  },
  "no-answer": {
    title: "Single sign-on does not answer",
    what: "Your identity provider did not answer within 10 seconds.",
    means: nothingChanged,
    todo: "Wait a minute and try again. If it stays so, tell whoever runs this installation.",
  },
  "too-often": {
    title: "Too many tries",
    what: "Single sign-on was started too often from your network.",
    means: nothingChanged,
    todo: "Wait ten minutes, then try again.",
  },
};

interface ProblemPageProps {
  searchParams: Promise<{ reason?: string | string[] }>;
}

export default async function SignInProblemPage({ searchParams }: ProblemPageProps) {
  const { reason } = await searchParams;
  const known = typeof reason === "string" && Object.hasOwn(problems, reason) ? problems[reason] : undefined;
  const { title, what, means, todo } = known ?? unfinished;
  return (
    <SheetPage
      title={title}
      environment={env().FINCH_ENVIRONMENT}
      footer={<span>Runs on your own servers</span>}
    >
      <ThreeParts what={what} means={means} todo={todo} />
      <LinkButton href={paths.signIn()} variant="primary" className="mt-5 h-11 w-full text-base">
        To the sign-in page
      </LinkButton>
    </SheetPage>
  );
}
