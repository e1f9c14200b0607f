import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonStyles = cva(
  "inline-flex items-center justify-center gap-[7px] rounded-md border font-medium whitespace-nowrap select-none transition-colors duration-quick ease-perch disabled:cursor-not-allowed disabled:border-line disabled:bg-neutral-bg disabled:text-muted disabled:shadow-none aria-disabled:cursor-not-allowed",
  {
    variants: {
      variant: {
        primary:
          "border-accent-solid bg-accent-solid text-on-solid shadow-control hover:not-disabled:border-accent-solid-hover hover:not-disabled:bg-accent-solid-hover",
        default: "border-line-strong bg-surface text-ink shadow-control hover:not-disabled:bg-surface-hover",
        ghost:
          "border-transparent text-secondary hover:not-disabled:bg-surface-hover hover:not-disabled:text-ink",
        danger:
          "border-danger-solid bg-danger-solid text-danger-on-solid shadow-control hover:not-disabled:border-danger-solid-hover hover:not-disabled:bg-danger-solid-hover",
        "danger-quiet":
          "border-line-strong bg-surface text-failing-text shadow-control hover:not-disabled:bg-failing-bg",
      },
      size: {
        sm: "h-[26px] px-[9px] text-xs gap-[5px] max-md:min-h-[30px]",
        md: "h-8 px-3 text-sm max-md:min-h-9",
        lg: "h-11 px-5 text-lg",
      },
    },
    defaultVariants: { variant: "default", size: "md" },
  },
);

type ButtonStyleProps = VariantProps<typeof buttonStyles>;

export interface ButtonProps extends ComponentProps<"button">, ButtonStyleProps {
  /** Shows a turning ring and refuses further presses, without losing focus. */
  pending?: boolean;
  /** What the button says while pending; its label if left out. */
  pendingLabel?: ReactNode;
}

export function Button({
  variant,
  size,
  pending,
  pendingLabel,
  className,
  children,
  onClick,
  type = "button",
  ...props
}: ButtonProps) {
  return (
    <button
      // A pending button is neither disabled, which would lose the focus, nor does it submit twice.
      type={pending ? "button" : type}
      // The ring stands in the place of the icon.
      className={cn(buttonStyles({ variant, size }), pending && "[&>svg~svg]:hidden", className)}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      {...props}
    >
      {pending ? <Spinner /> : null}
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
}

export interface LinkButtonProps extends ComponentProps<typeof Link>, ButtonStyleProps {}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function LinkButton({ variant, size, className, ...props }: LinkButtonProps) {
  return <Link className={cn(buttonStyles({ variant, size }), className)} {...props} />;
}
