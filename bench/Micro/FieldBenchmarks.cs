using BenchmarkDotNet.Attributes;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Micro.Data;

namespace OrleansSync.Micro;

/// <summary>Fields of users, as they are read for every user; figures are those of one call, by all the spellings in turn.</summary>
public class FieldBenchmarks
{
    // All spellings of addresses and numbers as often as they come.
    private const int People = 100;

    private PortalUser[] _users = [];
    private string[] _numbers = [];

    /// <summary>Makes the users.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _users = [.. Person.Many(People).Select(ImportInputs.User)];
        _numbers = [.. _users.Select(user => user.WorkPhone ?? user.PersonalMobile ?? "+7 916 123-45-67")];
    }

    /// <summary>The digits of a number.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public int Digits()
    {
        var length = 0;
        foreach (var number in _numbers)
        {
            length += PhoneNumbers.Digits(number).Length;
        }

        return length;
    }

    /// <summary>The first number of a user's three fields.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public int FirstNumber() => NumbersOf(PhoneNumberChoice.First);

    /// <summary>All numbers of a user's three fields.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public int AllNumbers() => NumbersOf(PhoneNumberChoice.All);

    /// <summary>The key by which an address is looked for.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public int KeyOfAddress()
    {
        var length = 0;
        foreach (var user in _users)
        {
            length += EmailKey.Of(user.Email)!.Length;
        }

        return length;
    }

    /// <summary>Whether two addresses are the same, which they are not.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public int CompareAddresses()
    {
        var (same, before) = (0, _users[^1].Email);
        foreach (var user in _users)
        {
            same += FieldText.EmailComparer.Equals(before, user.Email) ? 1 : 0;
            before = user.Email;
        }

        return same;
    }

    private int NumbersOf(PhoneNumberChoice choice)
    {
        var count = 0;
        foreach (var user in _users)
        {
            count += PhoneNumbers.Of(user, choice).Length;
        }

        return count;
    }
}
