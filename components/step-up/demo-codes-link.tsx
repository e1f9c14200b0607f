import { paths } from "@/lib/paths";

/** On a local copy with demo accounts: where their codes are. */
export function DemoCodesLink() {
  return (
    <>
      Demo account:{" "}
      <a href={paths.devAuthenticator()} target="_blank" rel="noreferrer">
        its code is in the local authenticator
      </a>
      .
    </>
  );
}
