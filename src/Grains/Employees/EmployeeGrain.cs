using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Placement;

namespace OrleansSync.Grains.Employees;

/// <inheritdoc cref="IEmployeeGrain"/>
[AccountPlacement]
[CollectionAgeLimit(Minutes = 3)]
internal sealed class EmployeeGrain : Grain, IEmployeeGrain
{
    private readonly StoredUser _user;
    private readonly ICallGearConnectionGrain _callGear;
    private readonly TimeProvider _time;

    public EmployeeGrain(IUserRows rows, IGrainFactory grains, TimeProvider time)
    {
        var key = this.GetPrimaryKeyString();
        var accountId = GrainKeys.AccountOf(key);
        _user = new StoredUser(accountId, GrainKeys.UserOf(key), rows);
        _callGear = grains.GetGrain<ICallGearConnectionGrain>(GrainKeys.Account(accountId));
        _time = time;
    }

    public async Task<EmployeeResult> ApplyAsync(EmployeeInstruction instruction, CallContext context, CancellationToken cancellationToken)
    {
        await _user.TakeAsync(instruction);
        var work = new EmployeeWork(_user, _callGear, _time, instruction, context);
        return instruction switch
        {
            SettleEmployee => await work.SettleAsync(cancellationToken),
            FillNumbers fill => await work.FillAsync(fill, cancellationToken),
            _ when _user.Row?.Link is { } link && link.EmployeeId != instruction.StaleEmployeeId => new EmployeeResult { Row = _user.Row },
            LinkEmployee link => await work.LinkAsync(link, cancellationToken),
            CreateEmployee create => await work.CreateAsync(create, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(
                nameof(instruction), instruction.GetType().Name, "An instruction this release does not know."),
        };
    }
}
