using System.Text;

namespace OrleansSync.Storage;

/// <summary>
/// How long the parts of a key in the database may be, in bytes of UTF-8. PostgreSQL takes no row into an index that is longer than a third
/// of a page, after it tried to compress it: without limits, whether an id can be stored would depend on what it says. With these, a whole
/// key fits even if nothing of it compresses, and SQLite, which takes any length, refuses the same ones.
/// </summary>
internal static class KeyLimits
{
    /// <summary>Of the service's id.</summary>
    public const int ServiceIdBytes = 256;

    /// <summary>Of the name of a state, which Orleans' providers call the type of the grain.</summary>
    public const int StateNameBytes = 256;

    /// <summary>Of the key of a grain; of a key that is a number or a GUID, its extension.</summary>
    public const int GrainKeyBytes = 2048;

    /// <summary>Of the whole id of a grain, its type included: reminders are kept under that.</summary>
    public const int GrainIdBytes = 2048;

    /// <summary>Of the name of a reminder.</summary>
    public const int ReminderNameBytes = 256;

    /// <summary>Refuses the key of a grain's state that the database cannot hold.</summary>
    /// <exception cref="ArgumentException">A part of it is too long; the message names it and its limit.</exception>
    public static void Check(string serviceId, string stateName, GrainId grainId)
    {
        Check("The service id", serviceId, ServiceIdBytes);
        Check("The state's name (the grain type)", stateName, StateNameBytes);

        // The numbers have columns of their own, so that only the extension has a length.
        if (grainId.TryGetGuidKey(out _, out var extension) || grainId.TryGetIntegerKey(out _, out extension))
        {
            Check("The extension of the grain's key", extension ?? "", GrainKeyBytes);
        }
        else
        {
            Check("The grain's key", grainId.Key.ToString()!, GrainKeyBytes);
        }
    }

    /// <summary>Refuses the key of a reminder that the database cannot hold.</summary>
    /// <exception cref="ArgumentException">A part of it is too long; the message names it and its limit.</exception>
    public static void CheckReminder(string serviceId, GrainId grainId, string reminderName)
    {
        CheckReminders(serviceId, grainId);
        Check("The reminder's name", reminderName, ReminderNameBytes);
    }

    /// <summary>Refuses the key of all reminders of a grain that the database cannot hold.</summary>
    /// <exception cref="ArgumentException">A part of it is too long; the message names it and its limit.</exception>
    public static void CheckReminders(string serviceId, GrainId grainId)
    {
        Check("The service id", serviceId, ServiceIdBytes);
        Check("The grain id", grainId.ToString(), GrainIdBytes);
    }

    private static void Check(string part, string text, int limit)
    {
        if (Encoding.UTF8.GetByteCount(text) is var length && length > limit)
        {
            throw new ArgumentException(
                $"{part} is too long for the database: {length} bytes of UTF-8, and at most {limit} can be stored.");
        }
    }
}
