using System.Text.Json;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>The fields of the list methods.</summary>
internal static class ListFields
{
    public static IReadOnlyList<ListField<Employee>> Employees { get; } =
    [
        new("id", (w, e) => w.WriteNumberValue(e.Id), Number: e => e.Id),
        new("full_name", (w, e) => VendorText.Write(w, e.FullName), Text: e => e.FullName, Sortable: true),
        new("first_name", (w, e) => VendorText.Write(w, e.FirstName), Text: e => e.FirstName, Sortable: true),
        new("last_name", (w, e) => VendorText.Write(w, e.LastName), Text: e => e.LastName, Sortable: true),
        new("patronymic", (w, e) => VendorText.Write(w, e.Patronymic), Text: e => e.Patronymic),
        new("email", (w, e) => VendorText.Write(w, e.Email), Text: e => e.Email),
        new("login", (w, e) => w.WriteNullValue(), Text: e => null, Sortable: true),
        new("phone_numbers", (w, e) => WritePhones(w, e.PhoneNumbers)),
    ];

    public static IReadOnlyList<ListField<EmployeeGroup>> Groups(Func<long, string> nameOf) =>
    [
        new("id", (w, g) => w.WriteNumberValue(g.Id), Number: g => g.Id),
        new("name", (w, g) => VendorText.Write(w, g.Name), Text: g => g.Name, Sortable: true),
        new("members", (w, g) => WriteMembers(w, g, nameOf)),
        new("group_phone_number", (w, g) => VendorText.Write(w, g.GroupPhoneNumber), Text: g => g.GroupPhoneNumber),
        new("queue_enabled", (w, g) => w.WriteBooleanValue(g.QueueEnabled)),
        new("channels_count", (w, g) => w.WriteNumberValue(g.ChannelsCount), Number: g => g.ChannelsCount),
    ];

    private static void WritePhones(Utf8JsonWriter writer, IReadOnlyList<PhoneNumber> phones)
    {
        writer.WriteStartArray();
        foreach (var phone in phones)
        {
            writer.WriteStartObject();
            writer.WriteNumber("phone_id", phone.PhoneId);
            writer.WriteString("phone_number", phone.Number);
            writer.WriteNumber("channels_count", phone.ChannelsCount);
            writer.WriteNumber("dial_time", phone.DialTime);
            writer.WriteString("status", phone.Status);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter writer, EmployeeGroup group, Func<long, string> nameOf)
    {
        writer.WriteStartArray();
        foreach (var member in group.Members)
        {
            writer.WriteStartObject();
            writer.WriteNumber("employee_id", member);
            writer.WritePropertyName("employee_full_name");
            VendorText.Write(writer, nameOf(member));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
