using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Users;
using OrleansSync.CallGear;
using OrleansSync.CallGear.Employees;
using OrleansSync.Micro.Data;

namespace OrleansSync.Micro;

/// <summary>What the clients of both vendors make of the largest answers: from the bytes of an answer in memory to its records.</summary>
public class VendorAnswerBenchmarks
{
    private readonly WebhookCredentials _webhook = new(new Uri("https://acme.bitrix24.example/rest/1/s3cret/"));
    private readonly CallGearCredentials _callGear = new(new Uri("https://dataapi.callgear.example/v2.0"), "s3cret", userId: null);
    private Bitrix24Client _portal = null!;
    private CallGearClient _account = null!;

    /// <summary>Makes the answers, and makes sure that they are read.</summary>
    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _portal = new Bitrix24Client(Http(new MemoryHandler(VendorAnswers.Batch(Bitrix24Client.MaxPages))), TimeProvider.System);
        var page = VendorAnswers.Employees(EmployeeList.PageSize);
        var id = page.AsMemory(page.AsSpan().IndexOf(Encoding.ASCII.GetBytes(VendorAnswers.RequestId)), VendorAnswers.RequestId.Length);
        _account = new CallGearClient(
            Http(new MemoryHandler(page, request => Encoding.ASCII.GetBytes(IdOf(request), id.Span))), TimeProvider.System);
        if ((await UsersOfBatch(), await EmployeesOfPage()) != (Bitrix24Client.MaxPages * Bitrix24UserPage.Size, EmployeeList.PageSize))
        {
            throw new InvalidOperationException("Users or employees are missing.");
        }
    }

    /// <summary>A full batch of Bitrix24: 50 pages of 50 users.</summary>
    [Benchmark]
    public async Task<int> UsersOfBatch()
    {
        var batch = await _portal.ReadUsersAsync(_webhook, UserPosition.AfterId(0));
        return batch.Value.Pages.Sum(page => page.Users.Count);
    }

    /// <summary>A full page of CallGear: 10,000 employees.</summary>
    [Benchmark]
    public async Task<int> EmployeesOfPage()
    {
        var page = await _account.GetEmployeesAsync(_callGear, EmployeeList.PageSize, offset: 0);
        return page.Value.Employees.Count;
    }

    private static HttpClient Http(HttpMessageHandler handler) => new(handler) { Timeout = TimeSpan.FromMinutes(2) };

    private static string IdOf(Stream request)
    {
        using var document = JsonDocument.Parse(request);
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
