// What a worker of Node.js was started with; undefined in all other programs.
(function (host, load) {
  'use strict';

  return host.worker === undefined || host.worker.isWeb ? undefined : load('web/clone').read(host.worker.data).data;
})
