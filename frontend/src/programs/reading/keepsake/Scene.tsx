/** Hills, a moon, an open book that a path leads out of: the keepsake's head, in two inks. */
import styles from "./keepsake.module.css";

export function Scene() {
  return (
    <svg className={styles.scene} viewBox="0 0 720 190" aria-hidden="true">
      <path d="M0 150q90-70 180-22 70-88 170-30 80-60 170 8 90-52 200 26" className={styles.far} />
      <path d="M0 176q120-46 250-20M470 158q120-36 250 12" />
      <circle cx="604" cy="44" r="22" className={styles.warm} />
      <path d="M92 52q14-14 28 0M126 40q12-12 24 0M520 30q8-8 16 0" />
      <path
        d="M360 176v-44c-26-18-64-18-92-4v46c28-14 66-14 92 2zM360 176v-44c26-18 64-18 92-4v46c-28-14-66-14-92 2z"
        className={styles.book}
      />
      <path d="M286 142q30-10 56 2M286 154q30-10 56 2M378 144q30-12 56-2M378 156q30-12 56-2" />
      <path d="M360 130c-8-26 30-34 12-58s-50-22-36-46 46-14 60-24" className={styles.way} />
      <path
        d="M196 140c0-14 22-14 22 0M198 140h30c6 0 8-4 8-10M236 130l-4-8M236 130l5-7M207 140a4 4 0 0 1 0-7"
        className={styles.warm}
      />
      <path d="M640 150v-34M640 128q-16-4-16-20 16 0 16 20M640 122q14-4 14-18-14 0-14 18M72 156v-26M72 142q-12-2-12-16 12 0 12 16" />
    </svg>
  );
}
