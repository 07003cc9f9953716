'use strict';

// What V8 and libuv count: allocated bytes, garbage collections, and how busy and how late the event loop of the main thread is.

const { monitorEventLoopDelay, performance } = require('perf_hooks');
const v8 = require('v8');

const TICKS_PER_MICROSECOND = 10;
const TICKS_PER_MILLISECOND = 10_000;
const NANOSECONDS_PER_TICK = 100;

// Each sample wakes an idle process up: at 10 a second that cannot be seen in its CPU time, at 100 it is half a percent of a processor.
const DELAY_RESOLUTION_MILLISECONDS = 100;
const DELAY_RESOLUTION_NANOSECONDS = 100e6;

exports.RuntimeCounters = class RuntimeCounters {
  #heap = createHeapCounters();
  #delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MILLISECONDS });

  constructor() {
    this.#delay.enable();
  }

  write(add) {
    this.#heap?.write(add);
    add('heap_bytes', v8.getHeapStatistics().used_heap_size);
    const { active, idle } = performance.eventLoopUtilization();
    add('event_loop_active_ticks', active * TICKS_PER_MILLISECOND);
    add('event_loop_idle_ticks', idle * TICKS_PER_MILLISECOND);
    this.#writeDelay(add);
  }

  // What a reading allocates up to here is not the target's.
  resume() {
    this.#heap?.resume();
  }

  // A sample is the time between two runs of a timer; its delay is what exceeds the timer's interval. A reset would lose the
  // sample that has begun.
  #writeDelay(add) {
    const { count, mean } = this.#delay;
    add('event_loop_delay_count', count);
    add('event_loop_delay_ticks', count === 0 ? 0 : (Math.max(0, mean - DELAY_RESOLUTION_NANOSECONDS) * count) / NANOSECONDS_PER_TICK);
  }
};

// v8.GCProfiler: Node.js 18.15, 19.6 and later.
function createHeapCounters() {
  return typeof v8.GCProfiler === 'function' ? new HeapCounters() : null;
}

// Collections, their pauses, and allocated bytes: by how much the used heap grew from one collection to the next. V8 counts whole
// regions of memory as used, so the bytes are some per cent high, in all arms alike. Its own counter (total_allocated_bytes, from
// Node.js 25) is no better: every reading of the heap makes V8 start new regions, and it counts some 100 kB for them.
class HeapCounters {
  #allocatedBytes = 0;
  #collections = 0;
  #fullCollections = 0;
  #pauseMicroseconds = 0;
  #profiler;
  #usedBytes;

  constructor() {
    this.resume();
  }

  write(add) {
    this.#allocatedBytes += v8.getHeapStatistics().used_heap_size - this.#usedBytes;
    for (const { gcType, cost, beforeGC, afterGC } of this.#profiler.stop()?.statistics ?? []) {
      this.#allocatedBytes += beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize;
      this.#pauseMicroseconds += cost;
      this.#collections += /Scavenge|MinorMark|MarkSweepCompact/.test(gcType) ? 1 : 0;
      this.#fullCollections += gcType === 'MarkSweepCompact' ? 1 : 0;
    }

    add('allocated_bytes', this.#allocatedBytes);
    add('gen0_count', this.#collections);
    add('gen2_count', this.#fullCollections);
    add('gc_pause_ticks', this.#pauseMicroseconds * TICKS_PER_MICROSECOND);
  }

  resume() {
    this.#profiler = new v8.GCProfiler();
    this.#profiler.start();
    this.#usedBytes = v8.getHeapStatistics().used_heap_size;
  }
}
