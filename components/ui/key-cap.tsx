/** A key as it is printed on a button. For the eye only: the button says it to a screen reader by `aria-keyshortcuts`. */
import styles from './key-cap.module.css';

export function KeyCap({ name }: { readonly name: string }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {name}
    </kbd>
  );
}
