using OrleansSync.CallGear.Employees;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>
/// Turns the grains' messages into the client's and back; what CallGear keeps with a number goes through unchanged (R5.4).
/// </summary>
internal static class EmployeeMapping
{
    public static AccountEmployee FromClient(CallGearEmployee employee) => new()
    {
        Id = employee.Id,
        FirstName = employee.FirstName,
        LastName = employee.LastName,
        Patronymic = employee.Patronymic,
        Email = employee.Email,
        Numbers = [.. employee.PhoneNumbers.Select(static number =>
            new EmployeeNumber(number.PhoneNumber ?? "", number.PhoneId, number.ChannelsCount, number.DialTime, number.Status))],
    };

    public static CallGearEmployee ToClient(NewEmployee employee) => new()
    {
        FirstName = employee.FirstName,
        LastName = employee.LastName,
        Patronymic = employee.Patronymic,
        Email = employee.Email,
        PhoneNumbers = [.. employee.Numbers.Select(CallGearPhoneNumber.New)],
    };

    public static CallGearEmployee ToClient(EmployeeUpdate update) => new()
    {
        Id = update.Id,
        LastName = update.LastName,
        LeavesNumbers = update.LeavesNumbers,
        PhoneNumbers = [.. update.Numbers.Select(static number => new CallGearPhoneNumber(
            number.PhoneId, number.Number.Length == 0 ? null : number.Number, number.ChannelsCount, number.DialTime, number.Status))],
    };
}
