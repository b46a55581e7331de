using OrleansSync.Load;

return await LoadCommandLine.RunAsync(args);
