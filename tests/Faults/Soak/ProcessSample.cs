namespace OrleansSync.Faults.Soak;

/// <summary>How a process was at a moment.</summary>
/// <param name="At">Time since the soak began.</param>
/// <param name="WorkingSet">Memory of the process, in megabytes.</param>
/// <param name="Heap">Memory of the garbage collector's heap after its last collection, in megabytes.</param>
/// <param name="Threads">Threads of the thread pool.</param>
/// <param name="Queue">Work that waits for a thread of the pool.</param>
internal sealed record ProcessSample(TimeSpan At, double WorkingSet, double Heap, int Threads, long Queue);
