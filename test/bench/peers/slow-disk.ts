import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import path from "node:path"

/** Waits before each fsync, for as long as FSYNC_US says. */
const SOURCE = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>
static int late(const char *name, int fd) {
  const char *us = getenv("FSYNC_US");
  if (us) usleep(atoi(us));
  return ((int (*)(int)) dlsym(RTLD_NEXT, name))(fd);
}
int fsync(int fd) { return late("fsync", fd); }
int fdatasync(int fd) { return late("fdatasync", fd); }
`

/**
 * Environment under which a program's disk takes so many microseconds more for each fsync: the disk of a virtual
 * machine may answer in 0.1 ms where a plain SSD takes 1 to 5 ms. `folder`: readable by everybody.
 */
export const slowDisk = (folder: string, microseconds: number): Record<string, string> => {
  const source = path.join(folder, "slow-disk.c")
  const library = path.join(folder, "slow-disk.so")
  writeFileSync(source, SOURCE)
  execFileSync("gcc", ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"])
  return { LD_PRELOAD: library, FSYNC_US: String(microseconds) }
}
