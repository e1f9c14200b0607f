/** The code of this browser, for the case that the link opens in another one. */
export function SignInCode({ code }: { code: string }) {
  const shown = `${code.slice(0, 4)}-${code.slice(4)}`;
  return (
    <div className="mt-4 rounded-lg border border-line bg-surface-sunken px-4 py-3">
      <p className="text-xs leading-normal text-muted">
        Press the link in this browser and you are in. If it opens in another one, for example on your phone,
        type this code there:
      </p>
      <p
        aria-label={`Sign-in code: ${[...code].join(" ")}`}
        className="mt-1 font-mono text-2xl font-medium tracking-[0.08em] text-ink tabular-nums"
      >
        {shown}
      </p>
    </div>
  );
}
