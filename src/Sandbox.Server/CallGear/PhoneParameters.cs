using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Reads <c>phone_numbers</c>.</summary>
internal static class PhoneParameters
{
    private const int MaxNumbers = 10;
    private const int MaxDigits = 20;

    /// <summary>Reads a list of numbers; those with a <c>phone_id</c> must be the employee's own.</summary>
    /// <exception cref="RpcException">A number is refused.</exception>
    public static IReadOnlyList<PhoneNumber> Parse(JsonElement[] values, CallGearAccount account, Employee? owner)
    {
        if (values.Length > MaxNumbers)
        {
            throw new RpcException("data_limit_exceeded", $"An employee has {MaxNumbers} phone numbers at most", "phone_numbers");
        }

        var phones = values.Select(v => ParseOne(v, owner, account.Settings.StrictRanges)).ToArray();
        var ids = phones.Select(p => p.PhoneId).Where(id => id > 0).ToArray();
        if (phones.DistinctBy(p => p.Number).Count() < phones.Length || ids.Distinct().Count() < ids.Length)
        {
            throw new RpcException("invalid_parameter_value", "A phone number is listed twice", "phone_numbers");
        }

        RefuseByAccount(phones, account, owner);
        return phones;
    }

    private static PhoneNumber ParseOne(JsonElement value, Employee? owner, bool isStrict)
    {
        ReadOnlySpan<string> known = owner is null
            ? ["phone_number", "channels_count", "dial_time", "status"]
            : ["phone_id", "phone_number", "channels_count", "dial_time", "status"];
        var parameters = new RpcParameters(value, "phone_numbers", known);
        var id = parameters.Number("phone_id", 0, 1, long.MaxValue);
        var existing = owner?.PhoneNumbers.FirstOrDefault(p => p.PhoneId == id);
        if (id != 0 && existing is null)
        {
            throw new RpcException(
                "entity_not_found", "The employee has no phone number with this phone_id", "phone_numbers.phone_id",
                value.GetProperty("phone_id"));
        }

        var number = parameters.RequiredText("phone_number", MaxDigits);
        if (!number.All(char.IsAsciiDigit))
        {
            throw new RpcException(
                "invalid_parameter_value", "A phone number consists of digits", "phone_numbers.phone_number",
                value.GetProperty("phone_number"));
        }

        var status = parameters.Text("status", 20, existing?.Status ?? "active");
        return new PhoneNumber(
            id,
            number,
            (int)parameters.Number("channels_count", existing?.ChannelsCount ?? 1, 1, isStrict ? 150 : 1000),
            (int)parameters.Number("dial_time", existing?.DialTime ?? 60, 1, isStrict ? 100 : 600),
            status is "active" or "inactive" ? status
                : throw new RpcException(
                    "invalid_parameter_value", "status must be active or inactive", "phone_numbers.status", value.GetProperty("status")));
    }

    private static void RefuseByAccount(PhoneNumber[] phones, CallGearAccount account, Employee? owner)
    {
        var settings = account.Settings;
        for (var place = 0; place < phones.Length; place++)
        {
            var phone = phones[place];
            if (phone.PhoneId != 0)
            {
                continue;
            }

            if (settings.RefusedPhoneNumbers.Contains(phone.Number))
            {
                throw Refused("invalid_parameter_value", "is not valid", phone, place, settings.ErrorForm);
            }

            if (settings.UniquePhoneNumbers
                && account.Employees.Any(e => e.Id != owner?.Id && e.PhoneNumbers.Any(p => p.Number == phone.Number)))
            {
                throw Refused("already_in_use", "belongs to another employee", phone, place, settings.ErrorForm);
            }
        }
    }

    private static RpcException Refused(string mnemonic, string why, PhoneNumber phone, int place, ErrorForm form) => new(
        mnemonic,
        $"Phone number {phone.Number} {why}",
        form == ErrorForm.Indexed ? $"phone_numbers[{place}].phone_number" : "phone_numbers.phone_number",
        form == ErrorForm.WithValue ? JsonSerializer.SerializeToElement(phone.Number, CallGearJson.Default.String) : null);
}
