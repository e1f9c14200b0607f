import { cn } from "./cn";

/** The open turning ring. Decorative: say in words what is being waited for. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cn("size-3 flex-none", className)}>
      <g className="animate-turn">
        <path
          d="M6 1a5 5 0 1 1-4.6 3"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
        />
      </g>
    </svg>
  );
}
