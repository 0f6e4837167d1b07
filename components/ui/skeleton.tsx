/** Grey rows in the place of what is coming. They show only after 200 ms, so that a quick answer never flickers. */
import styles from './skeleton.module.css';

export interface SkeletonProps {
  readonly label: string;
  readonly rows: number;
}

export function Skeleton({ label, rows }: SkeletonProps) {
  return (
    <output aria-label={label} className={styles.skeleton}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className={styles.row} />
      ))}
    </output>
  );
}
